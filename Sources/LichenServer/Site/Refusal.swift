import HTTPTypes
import Hummingbird
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenMatching
import LichenStore

/// Why a request is not carried out; each has a status and a text in every language.
enum Refusal: Error {
  /// Strangers may not.
  case signIn
  /// The form does not come from a page of this server.
  case forgedForm
  /// Not understood as asked; the text says what.
  case bad(String)
  case tooLarge(limit: Int)
  /// The request did not arrive in time.
  case tooSlow
  /// More work waits than will be done soon.
  case overloaded
  /// This caller has enough under way.
  case tooMany(seconds: Int)
  /// The reader takes nothing that is given here.
  case notAcceptable
  /// The body is of a kind that is not read here.
  case wrongType
  /// The path is there, for other methods.
  case wrongMethod(allowed: [String])
  /// What the caller has seen is no longer so.
  case stale
  /// The caller does not say what they have seen.
  case unconditional

  /// What any error means to whoever asked.
  struct Meaning {
    let status: HTTPResponse.Status
    /// Key of a text; `serve.error.KEY` and `serve.error.KEY.more`.
    let key: String
    var detail: String?
    var issues: [ValidationIssue] = []
    var retryAfter: Int?
    /// Methods that a path has.
    var allowed: [String] = []
  }

  static func meaning(of error: any Error) -> Meaning {
    switch error {
    case let refusal as Refusal: refusal.meaning
    case let error as StoreError: meaning(error)
    case let error as ValidationError:
      Meaning(status: .unprocessableContent, key: "invalid", issues: error.issues)
    case let error as AnalysisError:
      Meaning(status: .unprocessableContent, key: "invalid", detail: error.description)
    // A search that was stopped before it had anything to tell.
    case is CancellationError:
      Meaning(status: .serviceUnavailable, key: "busy", retryAfter: 1)
    case let error as PlanningError:
      Meaning(status: .unprocessableContent, key: "invalid", detail: error.description)
    case let error as SignInError: meaning(error)
    case let error as EditionError:
      Meaning(status: .unprocessableContent, key: "invalid", detail: error.description)
    case let error as BrowserError:
      Meaning(status: .serviceUnavailable, key: "browser", detail: error.description)
    case let error as RefusedPlanError:
      Meaning(status: .conflict, key: "stale", detail: error.description)
    case let error as PlanDocumentError:
      Meaning(status: .conflict, key: "stale", detail: error.description)
    case let error as HTTPError where error.status == .contentTooLarge:
      Meaning(status: .contentTooLarge, key: "large")
    case let error as HTTPError where error.status.code < 500:
      Meaning(status: error.status, key: error.status == .notFound ? "missing" : "bad")
    default: Meaning(status: .internalServerError, key: "fault")
    }
  }

  private var meaning: Meaning {
    switch self {
    case .signIn: Meaning(status: .unauthorized, key: "stranger")
    case .forgedForm: Meaning(status: .forbidden, key: "forged")
    case .bad(let detail): Meaning(status: .badRequest, key: "bad", detail: detail)
    case .tooLarge(let limit):
      Meaning(status: .contentTooLarge, key: "large", detail: "\(limit >> 20) MB")
    case .tooSlow: Meaning(status: .requestTimeout, key: "slow")
    case .overloaded: Meaning(status: .serviceUnavailable, key: "busy", retryAfter: 10)
    case .tooMany(let seconds):
      Meaning(status: .tooManyRequests, key: "throttled", retryAfter: seconds)
    case .notAcceptable: Meaning(status: .notAcceptable, key: "unacceptable")
    case .wrongType: Meaning(status: .unsupportedMediaType, key: "type")
    case .wrongMethod(let allowed):
      Meaning(status: .methodNotAllowed, key: "method", allowed: allowed)
    case .stale: Meaning(status: .preconditionFailed, key: "stale")
    case .unconditional: Meaning(status: .preconditionRequired, key: "unconditional")
    }
  }

  private static func meaning(_ error: StoreError) -> Meaning {
    switch error {
    case .notFound: Meaning(status: .notFound, key: "missing")
    case .forbidden: Meaning(status: .forbidden, key: "forbidden")
    case .conflict(let what): Meaning(status: .conflict, key: "conflict", detail: what)
    case .invalid(let what): Meaning(status: .unprocessableContent, key: "invalid", detail: what)
    case .crowded: Meaning(status: .tooManyRequests, key: "throttled", retryAfter: 10)
    case .full: Meaning(status: HTTPResponse.Status(code: 507), key: "full")
    case .busy: Meaning(status: .serviceUnavailable, key: "busy", retryAfter: 5)
    case .corrupt: Meaning(status: .internalServerError, key: "corrupt")
    }
  }

  private static func meaning(_ error: SignInError) -> Meaning {
    switch error {
    case .wrong: Meaning(status: .unauthorized, key: "wrong")
    case .throttled(let seconds):
      Meaning(status: .tooManyRequests, key: "throttled", retryAfter: seconds)
    }
  }
}
