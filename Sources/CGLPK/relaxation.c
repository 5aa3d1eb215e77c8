// The linear program: several ways to solve it, until one works.
#include "session.h"

typedef struct Attempt {
  int method;
  int presolve;
  int advanced_basis;
} Attempt;

// GLPK's primal method is the faster one on transport-like models; the others are for the rare
// basis on which it breaks down.
static const Attempt attempts[] = {
    {.method = GLP_PRIMAL, .presolve = GLP_OFF, .advanced_basis = 1},
    {.method = GLP_DUALP, .presolve = GLP_OFF, .advanced_basis = 0},
    {.method = GLP_PRIMAL, .presolve = GLP_ON, .advanced_basis = 1},
};

static LPEnd attempt_end(Session *session, glp_prob *problem) {
  switch (session->return_code) {
  case GLP_ETMLIM:
    return LP_TIME;
  case GLP_ENOPFS:
    return LP_INFEASIBLE;
  case 0:
    break;
  default:
    return LP_FAILED;
  }
  switch (session->solution_status = glp_get_status(problem)) {
  case GLP_OPT:
    return LP_OPTIMAL;
  case GLP_NOFEAS:
    return LP_INFEASIBLE;
  case GLP_UNBND:
    return LP_UNBOUNDED;
  default:
    return LP_FAILED;
  }
}

LPEnd relaxation_solve(Session *session, glp_prob *problem, double tolerance) {
  LPEnd end = LP_FAILED;
  for (size_t k = 0; k < sizeof attempts / sizeof *attempts; k++) {
    if (attempts[k].advanced_basis)
      glp_adv_basis(problem, 0);
    else
      glp_std_basis(problem);
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    // Output is swallowed, but it is what keeps the method interruptible.
    parameters.msg_lev = GLP_MSG_ALL;
    parameters.out_frq = SIMPLEX_PULSE_MS;
    parameters.meth = attempts[k].method;
    parameters.presolve = attempts[k].presolve;
    parameters.tol_bnd = tolerance;
    parameters.tol_dj = tolerance;
    parameters.tm_lim = session_milliseconds_left(session);
    session->routine = "glp_simplex";
    session->solution_status = GLP_UNDEF;
    session->return_code = glp_simplex(problem, &parameters);
    end = attempt_end(session, problem);
    if (end != LP_FAILED) break;
    // Wrong input stays wrong, whatever the method.
    if (session->return_code == GLP_EBOUND) break;
  }
  if (end == LP_TIME) {
    session->stop = CGLPK_TIME_LIMIT;
    session->stop_requested = 1;
  }
  return end;
}
