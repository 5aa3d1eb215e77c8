// What is told to the caller.
#include "session.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *code_name(int code) {
  switch (code) {
  case GLP_EBADB: return "GLP_EBADB";
  case GLP_ESING: return "GLP_ESING";
  case GLP_ECOND: return "GLP_ECOND";
  case GLP_EBOUND: return "GLP_EBOUND";
  case GLP_EFAIL: return "GLP_EFAIL";
  case GLP_EITLIM: return "GLP_EITLIM";
  case GLP_ETMLIM: return "GLP_ETMLIM";
  case GLP_ENOPFS: return "GLP_ENOPFS";
  case GLP_ENODFS: return "GLP_ENODFS";
  case GLP_EROOT: return "GLP_EROOT";
  case GLP_ESTOP: return "GLP_ESTOP";
  default: return NULL;
  }
}

static const char *status_name(int status) {
  switch (status) {
  case GLP_FEAS: return "GLP_FEAS";
  case GLP_INFEAS: return "GLP_INFEAS";
  case GLP_NOFEAS: return "GLP_NOFEAS";
  case GLP_OPT: return "GLP_OPT";
  case GLP_UNBND: return "GLP_UNBND";
  default: return "GLP_UNDEF";
  }
}

static void write_raw_status(const Session *session, StageEnd end, char *text, size_t size) {
  const char *routine = session->routine != NULL ? session->routine : "before glp_simplex";
  const char *name = code_name(session->return_code);
  if (session->routine == NULL || end == STAGE_STOPPED)
    snprintf(text, size, "%s, interrupted", routine);
  else if (end == STAGE_ERROR && !session->gave_up)
    snprintf(text, size, "%s, aborted", routine);
  else if (name != NULL)
    snprintf(text, size, "%s %d %s, %s", routine, session->return_code, name,
             status_name(session->solution_status));
  else
    snprintf(text, size, "%s %d, %s", routine, session->return_code,
             status_name(session->solution_status));
  size_t used = strlen(text);
  if (session->has_incumbent && session->has_polish)
    snprintf(text + used, size - used, "; polished");
}

void outcome_write(const Session *session, StageEnd end, CGLPKOutcome *outcome) {
  outcome->status = session->status;
  outcome->stop = session->stop_requested ? session->stop : CGLPK_COMPLETED;
  outcome->has_solution =
      session->status == CGLPK_OPTIMAL || session->status == CGLPK_FEASIBLE;
  outcome->has_duals = session->has_duals && session->status == CGLPK_OPTIMAL;
  outcome->bound = INFINITY;
  if (session->status == CGLPK_NO_SOLUTION && !session->feasibility_only)
    outcome->bound = session->bound;
  if (outcome->has_solution) outcome->bound = fmax(session->bound, session->incumbent_objective);
  outcome->nodes = session->nodes;
  outcome->seconds = monotonic_seconds() - session->started;
  write_raw_status(session, end, outcome->raw_status, sizeof outcome->raw_status);
  memcpy(outcome->message, session->message, sizeof outcome->message);
}
