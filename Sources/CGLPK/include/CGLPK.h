/// Maximises one linear or mixed-integer program with GLPK in a single call.
///
/// Flat arrays in, codes out. GLPK aborts the process on misuse and binds every object to the
/// thread that made it; here an abort becomes a code and no GLPK object outlives the call. The
/// call may be made on any thread, by many threads at once, but not from its own callbacks.
#ifndef CGLPK_H
#define CGLPK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How the call ended; only CGLPK_DONE fills the numbers of the outcome.
typedef enum CGLPKCode {
  CGLPK_DONE = 0,
  /// Sizes, pointers, NaN or options that the shim itself refuses.
  CGLPK_BAD_ARGUMENT,
  /// GLPK would have aborted the process.
  CGLPK_ABORTED,
  /// GLPK returned with a failure code.
  CGLPK_FAILED,
  CGLPK_NO_MEMORY,
  /// This thread is already inside GLPK.
  CGLPK_NESTED,
} CGLPKCode;

typedef enum CGLPKStatus {
  CGLPK_NO_SOLUTION = 0,
  CGLPK_OPTIMAL,
  CGLPK_FEASIBLE,
  CGLPK_INFEASIBLE,
  CGLPK_UNBOUNDED,
} CGLPKStatus;

typedef enum CGLPKStop {
  CGLPK_COMPLETED = 0,
  CGLPK_TIME_LIMIT,
  CGLPK_GAP_LIMIT,
  CGLPK_NODE_LIMIT,
  CGLPK_CANCELLED,
  /// GLPK failed, but a verified solution was already at hand.
  CGLPK_SOLVER_FAILURE,
} CGLPKStop;

typedef enum CGLPKBranching {
  /// GLPK's choice by the reduction of infeasibility (Driebeck and Tomlin).
  CGLPK_BRANCH_STANDARD = 0,
  /// By hybrid pseudo-costs: dearer at the top of a tree, better in a large one.
  CGLPK_BRANCH_PSEUDO_COST,
} CGLPKBranching;

/// A program to be maximised; rows in compressed form, all indices from 0, infinite bounds as
/// plus or minus INFINITY.
typedef struct CGLPKModel {
  int32_t columns;
  int32_t rows;
  const double *column_lower;
  const double *column_upper;
  const double *objective;
  const uint8_t *is_integer;
  const double *row_lower;
  const double *row_upper;
  /// Row i holds the entries row_start[i] ..< row_start[i + 1]; rows + 1 values.
  const int64_t *row_start;
  const int32_t *entry_column;
  const double *entry_value;
  double objective_constant;
} CGLPKModel;

typedef struct CGLPKOptions {
  /// Seconds from the call on; INFINITY for none.
  double time_limit;
  double relative_gap;
  double feasibility_tolerance;
  double integrality_tolerance;
  /// Most nodes; INT64_MAX for none.
  int64_t node_limit;
  int32_t uses_cuts;
  /// Non-zero to leave Gomory's cuts out of them.
  int32_t skips_gomory;
  /// Non-zero to leave out the shim's own rounding heuristic.
  int32_t skips_heuristics;
  /// A CGLPKBranching.
  int32_t branching;
  /// A proposed solution, columns values, or NULL. Used only if it satisfies the model once its
  /// integer columns are rounded.
  const double *start;
} CGLPKOptions;

typedef struct CGLPKProgress {
  /// Minus INFINITY if none is known.
  double incumbent;
  /// Plus INFINITY if none is known.
  double bound;
  int64_t nodes;
  double seconds;
} CGLPKProgress;

/// Functions called on the solving thread; they must return, and may not call the shim.
typedef struct CGLPKHooks {
  void *context;
  /// Non-zero once the solve shall stop; asked often, must be cheap. May be NULL.
  int32_t (*should_stop)(void *context);
  /// May be NULL.
  void (*progress)(void *context, const CGLPKProgress *progress);
} CGLPKHooks;

typedef struct CGLPKOutcome {
  CGLPKStatus status;
  CGLPKStop stop;
  /// Non-zero if `values` holds a solution.
  int32_t has_solution;
  /// Non-zero if duals and reduced costs are filled: only for an optimal linear program.
  int32_t has_duals;
  /// Plus INFINITY if nothing was proved.
  double bound;
  int64_t nodes;
  double seconds;
  /// GLPK's routine, code and status in its own words.
  char raw_status[128];
  /// What went wrong, for every code but CGLPK_DONE.
  char message[512];
} CGLPKOutcome;

/// Solves `model`.
/// @param values       columns values, filled if the outcome has a solution
/// @param row_duals    rows values, filled if the outcome has duals
/// @param reduced_costs columns values, filled if the outcome has duals
CGLPKCode cglpk_solve(const CGLPKModel *model, const CGLPKOptions *options,
                      const CGLPKHooks *hooks, double *values, double *row_duals,
                      double *reduced_costs, CGLPKOutcome *outcome);

/// Version of the GLPK library in use, such as "5.0".
const char *cglpk_version(void);

#ifdef __cplusplus
}
#endif

#endif
