// One solve: what it works on, what it found and how it is left in a hurry. Private to CGLPK.
#ifndef CGLPK_SESSION_H
#define CGLPK_SESSION_H

#include <glpk.h>
#include <setjmp.h>
#include <stdint.h>

#include "CGLPK.h"

// Interval at which a running simplex method gives us a chance to stop it [ms].
#define SIMPLEX_PULSE_MS 50

typedef struct Heuristic Heuristic;

typedef struct Session {
  const CGLPKModel *model;
  const CGLPKOptions *options;
  const CGLPKHooks *hooks;

  // Monotonic clock [s].
  double started;
  double deadline;
  double next_report;
  double next_look;
  // While polishing, stop requests wait until this time; 0 otherwise.
  double grace_until;

  // Where stop requests and GLPK errors jump to; valid only while a stage runs.
  jmp_buf escape;
  int stop_requested;
  CGLPKStop stop;

  // These belong to GLPK's environment and are void once a stage has ended. The tree is not kept:
  // GLPK still prints, and so calls us, after it has freed it.
  glp_prob *problem;
  Heuristic *heuristic;

  // Set once GLPK was asked to end its search; it must then be left to do so.
  int terminating;

  // Settings of the current attempt.
  double integrality_tolerance;
  double feasibility_tolerance;
  int uses_cuts;
  // Set when only the existence of a solution matters.
  int feasibility_only;

  // Best verified point, whole in its integer columns.
  int has_incumbent;
  double incumbent_objective;
  double *incumbent;
  // Last point GLPK took for a solution, verified or not.
  int has_claim;
  int claim_verified;
  double claim_objective;
  double *claim;
  double bound;
  // As it was seen now and then, never below what is proved.
  double seen_bound;
  int64_t nodes;
  int64_t next_heuristic_node;
  // Whether GLPK's tree was offered the solution known before it.
  int has_offered;
  int node_reference;
  // Iterations before the relaxation of the current node, while it is measured, and whether the last one was slow.
  int node_iterations;
  int node_is_open;
  int node_is_slow;

  // How the search ended: GLPK's routine is NULL before the first, and its code and status
  // belong to that routine.
  CGLPKStatus status;
  const char *routine;
  int return_code;
  int solution_status;
  // Set when GLPK returned a failure, not when it would have aborted.
  int gave_up;

  // Point and objective of a polishing that worked.
  int has_polish;
  double polish_objective;
  double *polish;

  double *row_duals;
  double *reduced_costs;
  int has_duals;
  char message[512];
} Session;

typedef void (*Stage)(Session *);

typedef enum StageEnd {
  STAGE_FINISHED = 0,
  STAGE_STOPPED,
  STAGE_ERROR,
  STAGE_NESTED,
  STAGE_NO_MEMORY,
} StageEnd;

// session.c
double monotonic_seconds(void);
// Runs a stage in a fresh GLPK environment, which is gone when it returns.
StageEnd session_run(Session *session, Stage stage);
// Whether to stop now; notes the reason the first time.
int session_should_stop(Session *session);
void session_report(Session *session);
// Time left for GLPK's own limits [ms].
int session_milliseconds_left(const Session *session);
// Leaves the stage with an error; does not return.
void session_fail(Session *session, const char *message);

// model.c
// NULL if the arrays can be read safely, otherwise what is wrong with them.
const char *model_fault(const CGLPKModel *model, const CGLPKOptions *options);
// Makes the GLPK problem; integer columns are fixed at `fixed_at` and made continuous if given.
glp_prob *model_load(Session *session, const double *fixed_at);
// Moves a point onto bounds it misses by rounding and says if it satisfies the model.
int model_accepts(const CGLPKModel *model, double *values, double tolerance);
double model_objective(const CGLPKModel *model, const double *values);
int model_has_integers(const CGLPKModel *model);

// relaxation.c
typedef enum LPEnd { LP_OPTIMAL, LP_INFEASIBLE, LP_UNBOUNDED, LP_TIME, LP_FAILED } LPEnd;
LPEnd relaxation_solve(Session *session, glp_prob *problem, double tolerance);

// search.c
// Stage: relaxation, then branch and cut if there are integer columns.
void search_stage(Session *session);
// Takes over a better solution from GLPK, if there is one.
void search_absorb(Session *session);

// polish.c
// Stage: solves again with the integer columns fixed at the claim, with tight tolerances.
void polish_stage(Session *session);

// node.c
// Counts the work of a relaxation from here.
void node_begin(Session *session);
// Notes how much work the relaxation of a node was; to be called at every event.
void node_measure(Session *session);
// Before a node is solved: if nodes are slow, solves it on a copy that can be interrupted.
void node_prepare(Session *session, glp_tree *tree);

// heuristic.c
Heuristic *heuristic_create(Session *session);
// At the event GLP_IHEUR: rounds the relaxation in several ways and hands over what is feasible.
void heuristic_run(Session *session, Heuristic *heuristic, glp_tree *tree);

// outcome.c
void outcome_write(const Session *session, StageEnd end, CGLPKOutcome *outcome);

#endif
