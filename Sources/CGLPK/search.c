// Branch and cut: what happens at the events of GLPK's tree.
#include "session.h"

#include <limits.h>
#include <math.h>
#include <string.h>

// Verified points may miss a row by this multiple of the tolerance given to the simplex method,
// which works on scaled rows.
#define ACCEPTANCE_FACTOR 10
// Finding the best open node costs a walk over all of them: at most this often [s].
#define BOUND_INTERVAL 0.02
// Nodes whose bound is within this fraction of the incumbent are pruned.
#define PRUNING_TOLERANCE 1e-9

static void accept_claim(Session *session) {
  const CGLPKModel *model = session->model;
  session->claim_verified = model_accepts(
      model, session->claim, ACCEPTANCE_FACTOR * session->options->feasibility_tolerance);
  if (!session->claim_verified) return;
  double objective = model_objective(model, session->claim);
  if (session->has_incumbent && objective <= session->incumbent_objective) return;
  memcpy(session->incumbent, session->claim, sizeof(double) * (size_t)model->columns);
  session->incumbent_objective = objective;
  session->has_incumbent = 1;
  // A new solution is news: report it with the next chance.
  session->next_report = 0;
}

void search_absorb(Session *session) {
  glp_prob *problem = session->problem;
  if (problem == NULL) return;
  int status = glp_mip_status(problem);
  if (status != GLP_FEAS && status != GLP_OPT) return;
  double objective = glp_mip_obj_val(problem);
  if (session->has_claim && objective <= session->claim_objective) return;
  session->has_claim = 1;
  session->claim_objective = objective;
  for (int32_t j = 0; j < session->model->columns; j++) {
    double value = glp_mip_col_val(problem, j + 1);
    session->claim[j] = session->model->is_integer[j] ? nearbyint(value) : value;
  }
  accept_claim(session);
}

// Makes the caller's start the incumbent if it satisfies the model; otherwise does nothing. To be
// called once GLPK has checked the indices of the model.
static void take_start(Session *session) {
  const CGLPKModel *model = session->model;
  const double *start = session->options->start;
  if (start == NULL || session->has_incumbent) return;
  for (int32_t j = 0; j < model->columns; j++)
    session->incumbent[j] = model->is_integer[j] ? nearbyint(start[j]) : start[j];
  // Not the looser test of found solutions: GLPK prunes against the start from the first node on.
  if (!model_accepts(model, session->incumbent, session->options->feasibility_tolerance)) return;
  session->incumbent_objective = model_objective(model, session->incumbent);
  session->has_incumbent = 1;
}

// What no solution is worth more than, as the tree stands; infinite while that is not known.
static double tree_bound(const Session *session, glp_tree *tree) {
  int best = session->feasibility_only ? 0 : glp_ios_best_node(tree);
  if (best == 0) return INFINITY;
  double bound = glp_ios_node_bound(tree, best);
  return session->has_claim ? fmax(bound, session->claim_objective) : bound;
}

// For whoever follows the search, and for a search that the clock ends between two nodes. It must not touch the bound
// of a search that is counted: when a look is taken depends on the clock, and what is seen on the moment.
static void look_at_bound(Session *session, glp_tree *tree) {
  double now = monotonic_seconds();
  if (now < session->next_look) return;
  session->next_look = now + BOUND_INTERVAL;
  session->seen_bound = fmin(session->seen_bound, tree_bound(session, tree));
}

static void update_bound(Session *session, glp_tree *tree) {
  session->bound = fmin(session->bound, tree_bound(session, tree));
}

static void request_stop(Session *session, CGLPKStop reason) {
  if (session->stop_requested) return;
  session->stop = reason;
  session->stop_requested = 1;
}

static void check_gap(Session *session, glp_tree *tree) {
  double wanted = session->options->relative_gap;
  if (wanted <= 0 || !session->has_incumbent || session->feasibility_only) return;
  update_bound(session, tree);
  double incumbent = session->incumbent_objective;
  double gap = (session->bound - incumbent) / fmax(fabs(incumbent), 1e-10);
  if (gap <= wanted) request_stop(session, CGLPK_GAP_LIMIT);
}

static void count_node(Session *session, glp_tree *tree) {
  int node = glp_ios_curr_node(tree);
  // The same node comes again after each round of cuts.
  if (node == session->node_reference) return;
  if (session->nodes >= session->options->node_limit) {
    request_stop(session, CGLPK_NODE_LIMIT);
    return;
  }
  session->node_reference = node;
  session->nodes++;
}

// GLPK starts without a solution; with one it prunes from the first node on.
static void offer_incumbent(Session *session, glp_tree *tree) {
  if (session->has_offered) return;
  session->has_offered = 1;
  if (!session->has_incumbent) return;
  const int32_t columns = session->model->columns;
  // Counted from 1, and freed with the environment if a call below fails.
  double *point = glp_alloc((int)columns + 1, sizeof(double));
  memcpy(point + 1, session->incumbent, sizeof(double) * (size_t)columns);
  if (glp_ios_heur_sol(tree, point) == 0) search_absorb(session);
  glp_free(point);
}

// Rare enough to cost little beside the search: at the root and each time the tree has doubled.
static void look_for_solution(Session *session, glp_tree *tree) {
  if (session->options->skips_heuristics) return;
  if (session->nodes < session->next_heuristic_node) return;
  session->next_heuristic_node = 2 * session->nodes;
  if (session->heuristic == NULL) session->heuristic = heuristic_create(session);
  heuristic_run(session, session->heuristic, tree);
}

static void on_tree_event(glp_tree *tree, void *info) {
  Session *session = info;
  node_measure(session);
  search_absorb(session);
  int reason = glp_ios_reason(tree);
  if (reason == GLP_ISELECT) check_gap(session, tree);
  if (reason == GLP_IPREPRO) count_node(session, tree);
  if (reason == GLP_IHEUR) {
    offer_incumbent(session, tree);
    look_for_solution(session, tree);
  }
  if (session->feasibility_only && session->has_incumbent)
    request_stop(session, CGLPK_COMPLETED);
  int stops = session_should_stop(session);
  if (stops) update_bound(session, tree);
  look_at_bound(session, tree);
  session_report(session);
  if (stops) {
    session->terminating = 1;
    glp_ios_terminate(tree);
  } else if (reason == GLP_IPREPRO) {
    node_prepare(session, tree);
  }
}

static void branch_and_cut(Session *session, glp_prob *problem) {
  glp_iocp parameters;
  glp_init_iocp(&parameters);
  parameters.msg_lev = GLP_MSG_ALL;
  parameters.out_dly = 0;
  parameters.presolve = GLP_OFF;
  parameters.tol_int = session->integrality_tolerance;
  parameters.tol_obj = PRUNING_TOLERANCE;
  parameters.mir_cuts = session->uses_cuts ? GLP_ON : GLP_OFF;
  parameters.cov_cuts = parameters.mir_cuts;
  parameters.gmi_cuts = session->options->skips_gomory ? GLP_OFF : parameters.mir_cuts;
  if (session->options->branching == CGLPK_BRANCH_PSEUDO_COST) parameters.br_tech = GLP_BR_PCH;
  parameters.cb_func = on_tree_event;
  parameters.cb_info = session;
  // The relaxations of nodes know no other deadline.
  parameters.tm_lim = session_milliseconds_left(session);
  session->routine = "glp_intopt";
  session->return_code = glp_intopt(problem, &parameters);
  search_absorb(session);
  session->solution_status = glp_mip_status(problem);
  switch (session->return_code) {
  case 0:
    session->status = session->solution_status == GLP_OPT ? CGLPK_OPTIMAL : CGLPK_INFEASIBLE;
    break;
  case GLP_ETMLIM:
    request_stop(session, CGLPK_TIME_LIMIT);
    break;
  case GLP_ESTOP:
    break;
  default:
    session_fail(session, "branch and cut broke down");
  }
}

// Keeps a solved linear program, with its duals.
static void keep_linear_solution(Session *session, glp_prob *problem) {
  const CGLPKModel *model = session->model;
  for (int32_t j = 0; j < model->columns; j++) {
    session->claim[j] = glp_get_col_prim(problem, j + 1);
    session->reduced_costs[j] = glp_get_col_dual(problem, j + 1);
  }
  for (int32_t i = 0; i < model->rows; i++)
    session->row_duals[i] = glp_get_row_dual(problem, i + 1);
  session->has_claim = 1;
  session->claim_objective = model_objective(model, session->claim);
  accept_claim(session);
  session->has_duals = 1;
  session->status = CGLPK_OPTIMAL;
}

// An unbounded relaxation leaves open whether a solution exists (Meyer 1974: with rational data
// the program is unbounded if it has one), so the objective is dropped and one is looked for.
static LPEnd look_for_any_solution(Session *session, glp_prob *problem, double tolerance) {
  session->feasibility_only = 1;
  for (int32_t j = 0; j <= session->model->columns; j++) glp_set_obj_coef(problem, j, 0);
  return relaxation_solve(session, problem, tolerance);
}

void search_stage(Session *session) {
  double tolerance = session->feasibility_tolerance;
  int is_linear = !model_has_integers(session->model);
  glp_prob *problem = session->problem = model_load(session, NULL);
  // Before anything is printed, which is where a limit of zero strikes.
  take_start(session);
  glp_scale_prob(problem, GLP_SF_AUTO);
  if (session_should_stop(session)) return;
  node_begin(session);
  LPEnd end = relaxation_solve(session, problem, tolerance);
  node_measure(session);
  if (end == LP_UNBOUNDED && !is_linear) {
    end = look_for_any_solution(session, problem, tolerance);
  } else if (end == LP_OPTIMAL) {
    session->bound = fmin(session->bound, glp_get_obj_val(problem));
  }
  switch (end) {
  case LP_OPTIMAL:
    if (is_linear)
      keep_linear_solution(session, problem);
    else
      branch_and_cut(session, problem);
    break;
  case LP_INFEASIBLE:
    session->status = CGLPK_INFEASIBLE;
    break;
  case LP_UNBOUNDED:
    session->status = CGLPK_UNBOUNDED;
    break;
  case LP_TIME:
    break;
  case LP_FAILED:
    session_fail(session, "no variant of the simplex method could solve the linear program");
  }
}
