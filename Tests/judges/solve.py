"""Solves every .mps and .lp file of a folder with HiGHS and prints name and objective."""

import pathlib
import sys

import highspy

for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix not in (".mps", ".lp"):
        continue
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    if highs.readModel(str(path)) == highspy.HighsStatus.kError:
        sys.exit(f"{path.name}: HiGHS cannot read it")
    highs.run()
    solved = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
    if highs.getModelStatus() not in solved:
        sys.exit(f"{path.name}: {highs.modelStatusToString(highs.getModelStatus())}")
    print(path.name, repr(highs.getInfo().objective_function_value))
