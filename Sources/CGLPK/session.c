// Clock, limits, and the guard that turns GLPK's aborts and our stops into ordinary returns.
#include "session.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// Least time between two progress reports [s].
#define REPORT_INTERVAL 0.25

double monotonic_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int session_should_stop(Session *session) {
  double now = monotonic_seconds();
  if (session->grace_until > 0 && now < session->grace_until) return 0;
  if (session->stop_requested) return 1;
  const CGLPKHooks *hooks = session->hooks;
  if (hooks->should_stop != NULL && hooks->should_stop(hooks->context) != 0) {
    session->stop = CGLPK_CANCELLED;
    session->stop_requested = 1;
  } else if (now >= session->deadline) {
    session->stop = CGLPK_TIME_LIMIT;
    session->stop_requested = 1;
  }
  return session->stop_requested;
}

int session_milliseconds_left(const Session *session) {
  double end = fmax(session->deadline, session->grace_until);
  double left = ceil(1000 * (end - monotonic_seconds()));
  if (!(left < INT_MAX)) return INT_MAX;
  return left < 1 ? 1 : (int)left;
}

void session_report(Session *session) {
  const CGLPKHooks *hooks = session->hooks;
  double now = monotonic_seconds();
  if (hooks->progress == NULL || session->feasibility_only || now < session->next_report) return;
  session->next_report = now + REPORT_INTERVAL;
  CGLPKProgress progress = {
      .incumbent = session->has_incumbent ? session->incumbent_objective : -INFINITY,
      .bound = fmin(session->bound, session->seen_bound),
      .nodes = session->nodes,
      .seconds = now - session->started,
  };
  if (session->has_incumbent) progress.bound = fmax(progress.bound, progress.incumbent);
  hooks->progress(hooks->context, &progress);
}

void session_fail(Session *session, const char *message) {
  snprintf(session->message, sizeof session->message, "%s", message);
  session->gave_up = 1;
  longjmp(session->escape, STAGE_ERROR);
}

// Terminal output of GLPK: nothing is printed, but it is the one place from which a simplex
// method can be left.
static int on_output(void *info, const char *text) {
  Session *session = info;
  if (glp_at_error()) {
    size_t used = strlen(session->message);
    snprintf(session->message + used, sizeof session->message - used, "%s", text);
    return 1;
  }
  if (!session->terminating && session_should_stop(session)) {
    // GLPK prints after it has recorded a solution and before it calls us back.
    search_absorb(session);
    longjmp(session->escape, STAGE_STOPPED);
  }
  // While the model is loaded there is no progress to speak of.
  if (session->routine != NULL) session_report(session);
  return 1;
}

static void on_error(void *info) {
  Session *session = info;
  // The message ends with the place in GLPK's own source on a second line.
  char *end = strchr(session->message, '\n');
  if (end != NULL) *end = '\0';
  longjmp(session->escape, STAGE_ERROR);
}

StageEnd session_run(Session *session, Stage stage) {
  int initialised = glp_init_env();
  if (initialised == 1) return STAGE_NESTED;
  if (initialised != 0) return STAGE_NO_MEMORY;
  session->message[0] = '\0';
  glp_term_hook(on_output, session);
  glp_error_hook(on_error, session);
  StageEnd end;
  switch (setjmp(session->escape)) {
  case 0:
    stage(session);
    end = STAGE_FINISHED;
    break;
  case STAGE_STOPPED:
    end = STAGE_STOPPED;
    break;
  default:
    end = STAGE_ERROR;
  }
  session->problem = NULL;
  session->heuristic = NULL;
  // Also frees what a jump left behind.
  glp_free_env();
  return end;
}
