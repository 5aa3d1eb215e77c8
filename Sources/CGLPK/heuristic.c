// Solutions of our own: GLPK's rounding gives up on continuous columns and its search can run for
// minutes without any solution. Whole values are guessed from the relaxation, the rest is solved.
#include "session.h"

#include <math.h>
#include <string.h>

// Fractions above which a value is rounded up where rounding up cannot hurt any row.
static const double thresholds[] = {1e-6, 0.1, 0.3, 0.5};

struct Heuristic {
  // The model without cuts; its integer columns are fixed at each guess in turn.
  glp_prob *fixing;
  // +1 if rounding up keeps every row, -1 if rounding down does, 0 if neither.
  signed char *safe_direction;
  double *point;
  double *candidate;
  // Counted from 1, as GLPK wants it.
  double *injection;
  // Columns in compressed form.
  int64_t *column_start;
  int32_t *entry_row;
  double *entry_value;
  double *activity;
};

static void fill_columns(const CGLPKModel *model, Heuristic *heuristic) {
  int64_t *start = heuristic->column_start;
  int64_t entries = model->rows > 0 ? model->row_start[model->rows] : 0;
  for (int64_t k = 0; k < entries; k++) start[model->entry_column[k] + 1]++;
  for (int32_t j = 0; j < model->columns; j++) start[j + 1] += start[j];
  // Filling moves every start to its end, which is where the next column starts.
  for (int32_t i = 0; i < model->rows; i++) {
    for (int64_t k = model->row_start[i]; k < model->row_start[i + 1]; k++) {
      int64_t place = start[model->entry_column[k]]++;
      heuristic->entry_row[place] = i;
      heuristic->entry_value[place] = model->entry_value[k];
    }
  }
  memmove(start + 1, start, sizeof *start * (size_t)model->columns);
  start[0] = 0;
}

static void fill_directions(const CGLPKModel *model, Heuristic *heuristic) {
  for (int32_t j = 0; j < model->columns; j++) {
    int up_hurts = 0, down_hurts = 0;
    for (int64_t k = heuristic->column_start[j]; k < heuristic->column_start[j + 1]; k++) {
      double value = heuristic->entry_value[k];
      int has_upper = isfinite(model->row_upper[heuristic->entry_row[k]]);
      int has_lower = isfinite(model->row_lower[heuristic->entry_row[k]]);
      if (value > 0 ? has_upper : has_lower) up_hurts = 1;
      if (value > 0 ? has_lower : has_upper) down_hurts = 1;
    }
    heuristic->safe_direction[j] = !up_hurts ? 1 : !down_hurts ? -1 : 0;
  }
}

static void *array(int64_t count, size_t size) {
  // GLPK's own memory, so that leaving by a jump frees it.
  char *memory = glp_alloc((int)count + 1, (int)size);
  memset(memory, 0, ((size_t)count + 1) * size);
  return memory;
}

Heuristic *heuristic_create(Session *session) {
  const CGLPKModel *model = session->model;
  int64_t entries = model->rows > 0 ? model->row_start[model->rows] : 0;
  Heuristic *heuristic = array(1, sizeof *heuristic);
  heuristic->safe_direction = array(model->columns, sizeof(signed char));
  heuristic->point = array(model->columns, sizeof(double));
  heuristic->candidate = array(model->columns, sizeof(double));
  heuristic->injection = array(model->columns, sizeof(double));
  heuristic->column_start = array(model->columns, sizeof(int64_t));
  heuristic->entry_row = array(entries, sizeof(int32_t));
  heuristic->entry_value = array(entries, sizeof(double));
  heuristic->activity = array(model->rows, sizeof(double));
  fill_columns(model, heuristic);
  fill_directions(model, heuristic);
  return heuristic;
}

static double rounded(double value, signed char safe_direction, double threshold) {
  double below = floor(value), fraction = value - below;
  if (safe_direction > 0) return fraction > threshold ? below + 1 : below;
  if (safe_direction < 0) return fraction < 1 - threshold ? below : below + 1;
  return fraction < 0.5 ? below : below + 1;
}

// Fixes the integer columns of the candidate and solves the rest; 0 if that has no solution.
static int solve_rest(Session *session, Heuristic *heuristic) {
  const CGLPKModel *model = session->model;
  glp_prob *problem = heuristic->fixing;
  glp_smcp parameters;
  glp_init_smcp(&parameters);
  if (problem == NULL) {
    problem = heuristic->fixing = model_load(session, heuristic->candidate);
    glp_scale_prob(problem, GLP_SF_AUTO);
    glp_adv_basis(problem, 0);
  } else {
    // Other fixed values leave the last basis dual feasible.
    parameters.meth = GLP_DUALP;
    for (int32_t j = 0; j < model->columns; j++)
      if (model->is_integer[j])
        glp_set_col_bnds(problem, j + 1, GLP_FX, heuristic->candidate[j],
                         heuristic->candidate[j]);
  }
  parameters.msg_lev = GLP_MSG_ALL;
  parameters.out_frq = SIMPLEX_PULSE_MS;
  parameters.tm_lim = session_milliseconds_left(session);
  if (glp_simplex(problem, &parameters) != 0 || glp_get_status(problem) != GLP_OPT) return 0;
  for (int32_t j = 0; j < model->columns; j++)
    if (!model->is_integer[j]) heuristic->candidate[j] = glp_get_col_prim(problem, j + 1);
  return 1;
}

// Whether column j can move by `step` without breaking a row that holds.
static int can_move(const CGLPKModel *model, const Heuristic *heuristic, int32_t j, double step) {
  double value = heuristic->candidate[j] + step;
  if (value < model->column_lower[j] || value > model->column_upper[j]) return 0;
  for (int64_t k = heuristic->column_start[j]; k < heuristic->column_start[j + 1]; k++) {
    int32_t i = heuristic->entry_row[k];
    double activity = heuristic->activity[i] + heuristic->entry_value[k] * step;
    if (activity < model->row_lower[i] || activity > model->row_upper[i]) return 0;
  }
  return 1;
}

// Takes every whole step that pays and breaks nothing, such as closing an arc without flow.
static void take_free_steps(const CGLPKModel *model, Heuristic *heuristic) {
  memset(heuristic->activity, 0, sizeof(double) * (size_t)model->rows);
  for (int32_t j = 0; j < model->columns; j++)
    for (int64_t k = heuristic->column_start[j]; k < heuristic->column_start[j + 1]; k++)
      heuristic->activity[heuristic->entry_row[k]] +=
          heuristic->entry_value[k] * heuristic->candidate[j];
  for (int32_t j = 0; j < model->columns; j++) {
    if (!model->is_integer[j] || model->objective[j] == 0) continue;
    double step = model->objective[j] > 0 ? 1 : -1;
    if (!can_move(model, heuristic, j, step)) continue;
    heuristic->candidate[j] += step;
    for (int64_t k = heuristic->column_start[j]; k < heuristic->column_start[j + 1]; k++)
      heuristic->activity[heuristic->entry_row[k]] += heuristic->entry_value[k] * step;
  }
}

static void inject(Session *session, Heuristic *heuristic, glp_tree *tree) {
  const CGLPKModel *model = session->model;
  // GLPK takes any vector for a solution without looking: only verified ones may be handed over.
  if (!model_accepts(model, heuristic->candidate, session->options->feasibility_tolerance)) return;
  memcpy(heuristic->injection + 1, heuristic->candidate,
         sizeof(double) * (size_t)model->columns);
  if (glp_ios_heur_sol(tree, heuristic->injection) == 0) search_absorb(session);
}

void heuristic_run(Session *session, Heuristic *heuristic, glp_tree *tree) {
  const CGLPKModel *model = session->model;
  glp_prob *node = glp_ios_get_prob(tree);
  for (int32_t j = 0; j < model->columns; j++)
    heuristic->point[j] = glp_get_col_prim(node, j + 1);
  for (size_t k = 0; k < sizeof thresholds / sizeof *thresholds; k++) {
    for (int32_t j = 0; j < model->columns; j++) {
      double value = heuristic->point[j];
      if (model->is_integer[j])
        value = rounded(value, heuristic->safe_direction[j], thresholds[k]);
      value = fmin(fmax(value, model->column_lower[j]), model->column_upper[j]);
      heuristic->candidate[j] = value;
    }
    if (!solve_rest(session, heuristic)) continue;
    take_free_steps(model, heuristic);
    inject(session, heuristic, tree);
  }
}
