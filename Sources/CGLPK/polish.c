// Exactness: the search takes 0.9999999 for 1; here the whole values are set and the rest follows.
#include "session.h"

#include <math.h>

// Tolerance of the simplex method while polishing.
#define POLISH_TOLERANCE 1e-9

void polish_stage(Session *session) {
  const CGLPKModel *model = session->model;
  session->has_polish = 0;
  glp_prob *problem = model_load(session, session->claim);
  glp_scale_prob(problem, GLP_SF_AUTO);
  if (relaxation_solve(session, problem, POLISH_TOLERANCE) != LP_OPTIMAL) return;
  for (int32_t j = 0; j < model->columns; j++)
    session->polish[j] =
        model->is_integer[j] ? session->claim[j] : glp_get_col_prim(problem, j + 1);
  if (!model_accepts(model, session->polish, session->options->feasibility_tolerance)) return;
  session->polish_objective = model_objective(model, session->polish);
  session->has_polish = 1;
}
