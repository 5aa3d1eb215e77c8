// Checks the arrays, loads them into GLPK and verifies points against them.
#include "session.h"

#include <math.h>
#include <stddef.h>

static int admits_no_number(double lower, double upper) {
  return isnan(lower) || isnan(upper) || lower == INFINITY || upper == -INFINITY;
}

static const char *options_fault(const CGLPKOptions *options) {
  if (!(options->time_limit >= 0)) return "time_limit is negative or NaN";
  if (!(options->relative_gap >= 0)) return "relative_gap is negative or NaN";
  if (options->node_limit < 1) return "node_limit is less than 1";
  if (!(options->feasibility_tolerance > 0 && options->feasibility_tolerance < 1))
    return "feasibility_tolerance is not between 0 and 1";
  if (!(options->integrality_tolerance > 0 && options->integrality_tolerance < 0.5))
    return "integrality_tolerance is not between 0 and 0.5";
  if (options->branching != CGLPK_BRANCH_STANDARD &&
      options->branching != CGLPK_BRANCH_PSEUDO_COST)
    return "branching is not a known rule";
  return NULL;
}

const char *model_fault(const CGLPKModel *model, const CGLPKOptions *options) {
  if (model->columns < 0 || model->rows < 0) return "negative number of rows or columns";
  if (model->columns > 0 && (!model->column_lower || !model->column_upper ||
                             !model->objective || !model->is_integer))
    return "missing column array";
  if (model->rows > 0 && (!model->row_lower || !model->row_upper || !model->row_start))
    return "missing row array";
  if (!isfinite(model->objective_constant)) return "objective constant is not finite";
  for (int32_t j = 0; j < model->columns; j++) {
    if (!isfinite(model->objective[j])) return "objective coefficient is not finite";
    if (admits_no_number(model->column_lower[j], model->column_upper[j]))
      return "column bounds admit no number";
  }
  if (model->rows > 0 && model->row_start[0] != 0) return "row_start does not begin at 0";
  for (int32_t i = 0; i < model->rows; i++) {
    if (model->row_start[i + 1] < model->row_start[i]) return "row_start decreases";
    if (admits_no_number(model->row_lower[i], model->row_upper[i]))
      return "row bounds admit no number";
  }
  int64_t entries = model->rows > 0 ? model->row_start[model->rows] : 0;
  if (entries > INT32_MAX) return "too many coefficients";
  if (entries > 0 && (!model->entry_column || !model->entry_value)) return "missing entry array";
  for (int64_t k = 0; k < entries; k++)
    if (!isfinite(model->entry_value[k])) return "coefficient is not finite";
  return options_fault(options);
}

static int bound_kind(double lower, double upper) {
  if (lower == upper) return GLP_FX;
  if (isinf(lower)) return isinf(upper) ? GLP_FR : GLP_UP;
  return isinf(upper) ? GLP_LO : GLP_DB;
}

static void load_columns(const CGLPKModel *model, glp_prob *problem, const double *fixed_at) {
  if (model->columns > 0) glp_add_cols(problem, model->columns);
  for (int32_t j = 0; j < model->columns; j++) {
    double lower = model->column_lower[j], upper = model->column_upper[j];
    glp_set_obj_coef(problem, j + 1, model->objective[j]);
    if (model->is_integer[j] && fixed_at != NULL) lower = upper = fixed_at[j];
    if (model->is_integer[j] && fixed_at == NULL) glp_set_col_kind(problem, j + 1, GLP_IV);
    glp_set_col_bnds(problem, j + 1, bound_kind(lower, upper), lower, upper);
  }
}

static void load_rows(const CGLPKModel *model, glp_prob *problem) {
  // GLPK's branch and bound wants at least one row; a free empty one says nothing.
  glp_add_rows(problem, model->rows > 0 ? model->rows : 1);
  int64_t longest = 0;
  for (int32_t i = 0; i < model->rows; i++) {
    int64_t length = model->row_start[i + 1] - model->row_start[i];
    if (length > longest) longest = length;
  }
  // Counted from 1, and freed with the environment if a call below fails.
  int *indices = glp_alloc((int)longest + 1, sizeof(int));
  double *values = glp_alloc((int)longest + 1, sizeof(double));
  for (int32_t i = 0; i < model->rows; i++) {
    double lower = model->row_lower[i], upper = model->row_upper[i];
    glp_set_row_bnds(problem, i + 1, bound_kind(lower, upper), lower, upper);
    int length = 0;
    for (int64_t k = model->row_start[i]; k < model->row_start[i + 1]; k++) {
      length++;
      indices[length] = model->entry_column[k] == INT32_MAX ? 0 : model->entry_column[k] + 1;
      values[length] = model->entry_value[k];
    }
    glp_set_mat_row(problem, i + 1, length, indices, values);
  }
  glp_free(indices);
  glp_free(values);
}

glp_prob *model_load(Session *session, const double *fixed_at) {
  glp_prob *problem = glp_create_prob();
  glp_set_obj_dir(problem, GLP_MAX);
  glp_set_obj_coef(problem, 0, session->model->objective_constant);
  load_columns(session->model, problem, fixed_at);
  load_rows(session->model, problem);
  return problem;
}

double model_objective(const CGLPKModel *model, const double *values) {
  double objective = model->objective_constant;
  for (int32_t j = 0; j < model->columns; j++) objective += model->objective[j] * values[j];
  return objective;
}

int model_has_integers(const CGLPKModel *model) {
  for (int32_t j = 0; j < model->columns; j++)
    if (model->is_integer[j]) return 1;
  return 0;
}

// Moves `value` onto a bound it misses by no more than the tolerance; 0 if it misses by more.
static int clamp(double *value, double lower, double upper, double tolerance) {
  if (*value < lower) {
    if (lower - *value > tolerance * fmax(1, fabs(lower))) return 0;
    *value = lower;
  } else if (*value > upper) {
    if (*value - upper > tolerance * fmax(1, fabs(upper))) return 0;
    *value = upper;
  }
  return 1;
}

int model_accepts(const CGLPKModel *model, double *values, double tolerance) {
  for (int32_t j = 0; j < model->columns; j++) {
    if (!isfinite(values[j])) return 0;
    if (!clamp(&values[j], model->column_lower[j], model->column_upper[j], tolerance)) return 0;
    if (model->is_integer[j] && values[j] != nearbyint(values[j])) return 0;
  }
  for (int32_t i = 0; i < model->rows; i++) {
    double activity = 0, largest = 1;
    for (int64_t k = model->row_start[i]; k < model->row_start[i + 1]; k++) {
      double term = model->entry_value[k] * values[model->entry_column[k]];
      activity += term;
      largest = fmax(largest, fabs(term));
    }
    double lower = model->row_lower[i], upper = model->row_upper[i];
    if (isfinite(lower) && lower - activity > tolerance * fmax(largest, fabs(lower))) return 0;
    if (isfinite(upper) && activity - upper > tolerance * fmax(largest, fabs(upper))) return 0;
  }
  return 1;
}
