/// The program that a Python interpreter runs for `HiGHSSolver`: reads a model and options, prints
/// news as lines of JSON, and writes the answer as one JSON object.
enum HiGHSScript {
  /// Arguments: model file, options file, answer file.
  static let text = """
    import json, math, signal, sys
    import highspy

    model, options, answer = sys.argv[1:4]
    with open(options) as file:
        settings = json.load(file)
    stopping = False

    def stop(number, frame):
        global stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def finite(value):
        return value if math.isfinite(value) and abs(value) < 1e29 else None

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    if solver.readModel(model) == highspy.HighsStatus.kError:
        sys.exit("HiGHS cannot read the model")
    # After reading, which a time limit would cut short.
    for name, value in settings["options"].items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            sys.exit("HiGHS refuses the option %s = %s" % (name, value))
    if settings["start"] is not None:
        start = highspy.HighsSolution()
        start.col_value = settings["start"] + [1.0] * (solver.getNumCol() - len(settings["start"]))
        solver.setSolution(start)

    def news(event):
        data = event.data_out
        print(json.dumps({"incumbent": finite(data.mip_primal_bound),
                          "bound": finite(data.mip_dual_bound),
                          "nodes": data.mip_node_count}), flush=True)

    def interrupt(event):
        if stopping:
            event.data_in.user_interrupt = True

    solver.cbMipLogging += news
    solver.cbMipImprovingSolution += news
    solver.cbMipInterrupt += interrupt
    solver.cbSimplexInterrupt += interrupt
    solver.run()
    info = solver.getInfo()
    solution = solver.getSolution()
    feasible = info.primal_solution_status == 2 and solution.value_valid
    result = {"status": solver.modelStatusToString(solver.getModelStatus()),
              "bound": finite(info.mip_dual_bound),
              "nodes": max(0, info.mip_node_count),
              "values": list(solution.col_value) if feasible else None}
    with open(answer, "w") as file:
        json.dump(result, file)
    """
}
