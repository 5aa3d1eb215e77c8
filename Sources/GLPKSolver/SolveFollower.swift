import CGLPK
import LichenPlanning

/// Carries stop requests to the shim and progress back, for one call.
///
/// The two functions are leaves: they return before GLPK goes on, so GLPK never jumps over them.
final class SolveFollower {
  private let control: SolveControl
  private let rows: Int
  private let columns: Int

  init(control: SolveControl, rows: Int, columns: Int) {
    self.control = control
    self.rows = rows
    self.columns = columns
  }

  /// The shim's view of this object; valid as long as the object lives.
  var hooks: CGLPKHooks {
    CGLPKHooks(
      context: Unmanaged.passUnretained(self).toOpaque(),
      should_stop: { context in
        SolveFollower.from(context)?.control.isCancelled == true ? 1 : 0
      },
      progress: { context, progress in
        guard let progress else { return }
        SolveFollower.from(context)?.report(progress.pointee)
      })
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> SolveFollower? {
    context.map { Unmanaged<SolveFollower>.fromOpaque($0).takeUnretainedValue() }
  }

  private func report(_ progress: CGLPKProgress) {
    control.report(
      SolveProgress(
        incumbent: progress.incumbent.isFinite ? progress.incumbent : nil,
        bound: progress.bound.isFinite ? progress.bound : nil, nodes: Int(progress.nodes),
        rows: rows, columns: columns, seconds: progress.seconds))
  }
}
