// Slow nodes: GLPK lets go of a node's relaxation only every five seconds, ours every pulse.
#include "session.h"

// A relaxation of more work than this, iterations times rows, makes the next one worth a copy: a tenth of a second or so.
// Counted, not timed: on a busy machine the search must go the same way.
#define SLOW_NODE 200000.0

void node_begin(Session *session) {
  session->node_iterations = glp_get_it_cnt(session->problem);
  session->node_is_open = 1;
}

void node_measure(Session *session) {
  if (!session->node_is_open || session->problem == NULL) return;
  double iterations = glp_get_it_cnt(session->problem) - session->node_iterations;
  session->node_is_slow = iterations * glp_get_num_rows(session->problem) > SLOW_NODE;
  session->node_is_open = 0;
}

static void take_basis(glp_prob *to, glp_prob *from) {
  for (int i = 1; i <= glp_get_num_rows(from); i++)
    glp_set_row_stat(to, i, glp_get_row_stat(from, i));
  for (int j = 1; j <= glp_get_num_cols(from); j++)
    glp_set_col_stat(to, j, glp_get_col_stat(from, j));
}

void node_prepare(Session *session, glp_tree *tree) {
  node_begin(session);
  if (!session->node_is_slow) return;
  glp_prob *problem = glp_ios_get_prob(tree);
  glp_prob *copy = glp_create_prob();
  glp_copy_prob(copy, problem, GLP_OFF);
  int before = glp_get_it_cnt(copy);
  glp_smcp parameters;
  glp_init_smcp(&parameters);
  parameters.msg_lev = GLP_MSG_ALL;
  parameters.out_frq = SIMPLEX_PULSE_MS;
  parameters.meth = GLP_DUALP;
  parameters.tm_lim = session_milliseconds_left(session);
  if (glp_mip_status(problem) == GLP_FEAS) parameters.obj_ll = glp_mip_obj_val(problem);
  int code = glp_simplex(copy, &parameters);
  // GLPK then starts at the end of our way; if ours failed, it finds its own.
  if (code == 0 || code == GLP_EOBJLL) take_basis(problem, copy);
  // What the copy did counts as the node's.
  session->node_iterations -= glp_get_it_cnt(copy) - before;
  glp_delete_prob(copy);
}
