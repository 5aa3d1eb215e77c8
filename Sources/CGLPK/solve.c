// The entry point: attempts, polishing and the verdict.
#include "session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Polishing may go on this long after the end of time or a cancellation [s]; after a limit that is counted it takes what
// it needs, for equal counts give equal solutions.
#define POLISH_GRACE 0.1
// Relative loss of objective up to which whole numbers are the same solution as the search's.
#define SAME_OBJECTIVE 1e-6
// Tolerances of the second attempt, for models on which the first went wrong.
#define STRICT_TOLERANCE 1e-9

// Whether the verified solution is worth what GLPK claimed.
static int claim_holds(const Session *session) {
  if (!session->has_claim || !session->has_incumbent) return 0;
  double loss = session->claim_objective - session->incumbent_objective;
  return loss <= SAME_OBJECTIVE * fmax(1, fabs(session->claim_objective));
}

static void polish(Session *session) {
  Session before = *session;
  session->grace_until = monotonic_seconds() + POLISH_GRACE;
  if (session->stop != CGLPK_TIME_LIMIT && session->stop != CGLPK_CANCELLED)
    session->stop_requested = 0;
  session->terminating = 0;
  session_run(session, polish_stage);
  // The search is what is reported; whatever happened here only made its solution better or not.
  session->grace_until = 0;
  session->terminating = before.terminating;
  session->stop = before.stop;
  session->stop_requested = before.stop_requested;
  session->routine = before.routine;
  session->return_code = before.return_code;
  session->solution_status = before.solution_status;
  session->gave_up = before.gave_up;
  memcpy(session->message, before.message, sizeof session->message);
  if (!session->has_polish) return;
  if (session->has_incumbent) {
    double loss = session->incumbent_objective - session->polish_objective;
    session->has_polish = loss <= SAME_OBJECTIVE * fmax(1, fabs(session->incumbent_objective));
    if (!session->has_polish) return;
  }
  memcpy(session->incumbent, session->polish, sizeof(double) * (size_t)session->model->columns);
  session->incumbent_objective = session->polish_objective;
  session->has_incumbent = 1;
}

static StageEnd attempt(Session *session, int is_linear) {
  session->status = CGLPK_NO_SOLUTION;
  session->has_claim = 0;
  session->has_duals = 0;
  session->has_polish = 0;
  session->feasibility_only = 0;
  session->node_reference = 0;
  session->next_heuristic_node = 0;
  session->has_offered = 0;
  session->node_is_open = 0;
  session->routine = NULL;
  session->gave_up = 0;
  StageEnd end = session_run(session, search_stage);
  if (end == STAGE_NESTED || end == STAGE_NO_MEMORY) return end;
  if (!is_linear && session->has_claim && !session->feasibility_only) polish(session);
  return end;
}

static int deserves_second_attempt(const Session *session, StageEnd end) {
  if (session->stop_requested || session->routine == NULL) return 0;
  if (end == STAGE_ERROR) return session->return_code != GLP_EBOUND;
  return session->status == CGLPK_OPTIMAL && !session->feasibility_only && !claim_holds(session);
}

// Turns what was found into a status; CGLPK_DONE unless nothing of worth is left.
static CGLPKCode conclude(Session *session, StageEnd end) {
  if (session->feasibility_only) {
    if (session->has_incumbent) {
      session->status = CGLPK_UNBOUNDED;
      session->stop_requested = 0;
      return CGLPK_DONE;
    }
    if (session->status == CGLPK_OPTIMAL) end = STAGE_ERROR;
  }
  int failed = end == STAGE_ERROR || (session->status == CGLPK_OPTIMAL && !claim_holds(session)) ||
               (session->status == CGLPK_INFEASIBLE && session->has_incumbent);
  if (failed && !session->has_incumbent) {
    if (end == STAGE_ERROR && !session->gave_up && session->message[0] != '\0')
      return CGLPK_ABORTED;
    if (session->message[0] == '\0')
      snprintf(session->message, sizeof session->message,
               "the solution found does not satisfy the model");
    return CGLPK_FAILED;
  }
  if (failed) {
    session->stop = CGLPK_SOLVER_FAILURE;
    session->stop_requested = 1;
    session->status = CGLPK_FEASIBLE;
  } else if (session->status == CGLPK_OPTIMAL) {
    session->bound = session->claim_objective;
  } else if (session->status == CGLPK_NO_SOLUTION && session->has_incumbent) {
    session->status = CGLPK_FEASIBLE;
  }
  // The clock or somebody ended it: what was seen is as good as anything.
  if (session->stop == CGLPK_TIME_LIMIT || session->stop == CGLPK_CANCELLED)
    session->bound = fmin(session->bound, session->seen_bound);
  // Branches were cut off against every claim, even one that did not hold.
  if (session->has_claim) session->bound = fmax(session->bound, session->claim_objective);
  return CGLPK_DONE;
}

static CGLPKCode solve(Session *session, CGLPKOutcome *outcome) {
  int is_linear = !model_has_integers(session->model);
  StageEnd end = attempt(session, is_linear);
  if (deserves_second_attempt(session, end)) {
    session->uses_cuts = 0;
    session->integrality_tolerance = STRICT_TOLERANCE;
    session->feasibility_tolerance = STRICT_TOLERANCE;
    end = attempt(session, is_linear);
  }
  if (end == STAGE_NESTED) return CGLPK_NESTED;
  if (end == STAGE_NO_MEMORY) return CGLPK_NO_MEMORY;
  CGLPKCode code = conclude(session, end);
  outcome_write(session, end, outcome);
  return code;
}

static int allocate(Session *session) {
  // One more than needed, because an empty request may return NULL.
  size_t count = (size_t)session->model->columns + 1;
  session->incumbent = malloc(count * sizeof(double));
  session->claim = malloc(count * sizeof(double));
  session->polish = malloc(count * sizeof(double));
  return session->incumbent != NULL && session->claim != NULL && session->polish != NULL;
}

CGLPKCode cglpk_solve(const CGLPKModel *model, const CGLPKOptions *options,
                      const CGLPKHooks *hooks, double *values, double *row_duals,
                      double *reduced_costs, CGLPKOutcome *outcome) {
  if (outcome == NULL) return CGLPK_BAD_ARGUMENT;
  memset(outcome, 0, sizeof *outcome);
  const char *fault = "missing argument";
  if (model && options && hooks && values && row_duals && reduced_costs)
    fault = model_fault(model, options);
  if (fault != NULL) {
    snprintf(outcome->message, sizeof outcome->message, "%s", fault);
    return CGLPK_BAD_ARGUMENT;
  }
  Session *session = calloc(1, sizeof *session);
  if (session == NULL) return CGLPK_NO_MEMORY;
  session->model = model;
  session->options = options;
  session->hooks = hooks;
  session->started = monotonic_seconds();
  session->deadline = session->started + options->time_limit;
  session->bound = INFINITY;
  session->seen_bound = INFINITY;
  session->integrality_tolerance = options->integrality_tolerance;
  session->feasibility_tolerance = options->feasibility_tolerance;
  session->uses_cuts = options->uses_cuts;
  session->row_duals = row_duals;
  session->reduced_costs = reduced_costs;
  CGLPKCode code = allocate(session) ? solve(session, outcome) : CGLPK_NO_MEMORY;
  if (code == CGLPK_DONE && outcome->has_solution)
    memcpy(values, session->incumbent, sizeof(double) * (size_t)model->columns);
  free(session->incumbent);
  free(session->claim);
  free(session->polish);
  free(session);
  return code;
}

const char *cglpk_version(void) { return glp_version(); }
