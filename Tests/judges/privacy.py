"""Attacks the report of a board with linear programming: HiGHS against what was published.

usage: privacy.py FOLDER FIRM...    plan.json is the truth, report-board.json what the attacker reads; FIRMs hide

The attacker knows every coefficient and everything of the open firms. Unknown are the amounts of the exchanges that
touch a hidden firm; each is counted in parts of its true amount. The attack fails if no such amount, and no sum of
those of a firm, is known to within a tenth. The same attack with the true totals is run beside it and counted, so
that a weak attacker is noticed.
"""

import json
import pathlib
import sys

import highspy

ROOM = 0.1


class Attack:
    def __init__(self, exchanges, rows):
        self.count = len(exchanges)
        self.rows = rows

    def bound(self, weights, sense):
        """The least or the most of a weighted sum of parts."""
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        columns = [highs.addVariable(lb=0, ub=1000, obj=sense * weight) for weight in weights]
        for coefficients, low, high in self.rows:
            # In units of the row's own size, or tolerances would decide.
            size = max(map(abs, coefficients), default=0)
            if size > 0:
                terms = sum(c / size * column for c, column in zip(coefficients, columns))
                highs.addConstr(terms >= low / size)
                highs.addConstr(terms <= high / size)
        highs.minimize()
        status = highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            sys.exit(f"the attack has no answer: {highs.modelStatusToString(status)}")
        return sense * highs.getInfo().objective_function_value

    def is_known(self, weights):
        truth = sum(weights)
        least, most = self.bound(weights, 1), self.bound(weights, -1)
        if not least <= truth * (1 + 1e-6) or not most >= truth * (1 - 1e-6):
            sys.exit(f"the published ranges exclude the truth {truth}: {least} to {most}")
        return least > (1 - ROOM) * truth or most < (1 + ROOM) * truth


def main():
    folder = pathlib.Path(sys.argv[1])
    firms = set(sys.argv[2:])
    plan = json.loads((folder / "plan.json").read_text())
    board = json.loads((folder / "report-board.json").read_text())
    hidden = [e for e in plan["exchanges"] if {e["from"], e["to"]} & firms and e["quantity"] > 0]
    shown = {(e["output"], e["input"]) for e in board["exchanges"]}
    leaked = [e["id"] for e in hidden if (e["output"], e["input"]) in shown]
    if leaked:
        sys.exit(f"published in full: {leaked}")
    withheld = board["withheld"]
    if len(withheld["exchanges"]) != len([e for e in plan["exchanges"] if {e["from"], e["to"]} & firms]):
        sys.exit("the board is not told how many exchanges are withheld")

    def rows(exact):
        made = []
        for published, total, own in [
            ("money", plan["totals"]["money"], "money"),
            ("carbon_kg", plan["totals"]["carbon_kg"], "carbon_kg"),
            ("capital", plan["totals"]["capital"], "capital"),
        ]:
            coefficients = [e[own]["typical"] for e in hidden]
            known = total["typical"] - sum(coefficients)
            low, high = withheld[published]["low"], withheld[published]["high"]
            if exact:
                low = high = total["typical"]
            made.append((coefficients, low - known, high - known))
        return made

    targets = [[float(i == j) for j in range(len(hidden))] for i in range(len(hidden))]
    # A firm's exchanges of one unit together: what it does of this.
    for firm in firms:
        for unit in {e["unit"] for e in hidden}:
            own = [e["quantity"] if firm in (e["from"], e["to"]) and e["unit"] == unit else 0.0 for e in hidden]
            largest = max(own, default=0)
            if largest > 0:
                targets.append([amount / largest for amount in own])
    ranges, exact = Attack(hidden, rows(False)), Attack(hidden, rows(True))
    for target in targets:
        if ranges.is_known(target):
            sys.exit(f"known to within a tenth: {target} of {[e['id'] for e in hidden]}")
    print(json.dumps({"targets": len(targets), "knownFromExactTotals": sum(map(exact.is_known, targets))}))


main()
