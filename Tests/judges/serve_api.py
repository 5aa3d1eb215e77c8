"""Judges the programming interface by its own description.

  document OPENAPI           the description is valid OpenAPI 3.1, and its examples satisfy their schemas
  answers OPENAPI ANSWERS    recorded answers are ones that the description tells of
  attack ADDRESS EXAMPLES    schemathesis calls everything, well and badly; the token is in LICHEN_TOKEN
  pdf ADDRESS                a run of Kalundborg ends in a report of several pages; the token is in LICHEN_TOKEN
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import jsonschema
import pypdf
from openapi_spec_validator import validate


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Document:
    def __init__(self, path):
        self.value = read(path)
        self.base = self.value["servers"][0]["url"]

    def resolved(self, value):
        if "$ref" not in value:
            return value
        found = self.value
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return found

    def errors(self, schema, value):
        """What is wrong with a value; references lead into this document."""
        whole = {**schema, "components": self.value["components"]}
        validator = jsonschema.Draft202012Validator(
            whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def operation(self, method, path):
        """The operation of a request; a path without parameters goes before one with."""
        path = path.split("?")[0].removeprefix(self.base)
        for template in sorted(self.value["paths"], key=lambda text: text.count("{")):
            pattern = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path):
                return self.value["paths"][template].get(method.lower())
        return None


def document(path):
    told = Document(path)
    validate(told.value)
    wrong = []
    for route, methods in told.value["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            for media in content.values():
                if "example" in media:
                    errors = told.errors(media["schema"], media["example"])
                    wrong += [f"{method} {route}, example: {error}" for error in errors]
            for parameter in map(told.resolved, operation.get("parameters", [])):
                if "example" in parameter:
                    errors = told.errors(parameter["schema"], parameter["example"])
                    wrong += [f"{method} {route}, {parameter['name']}: {error}" for error in errors]
    return wrong


def answers(path, recorded):
    told = Document(path)
    wrong = []
    for answer in read(recorded):
        name = f"{answer['method']} {answer['path']} -> {answer['status']}"
        operation = told.operation(answer["method"], answer["path"])
        if operation is None:
            # Nothing to tell of what is not there.
            if answer["status"] not in (404, 405, 401):
                wrong.append(f"{name}: not in the description")
            continue
        response = operation["responses"].get(str(answer["status"]))
        if response is None:
            wrong.append(f"{name}: this status is not told of")
            continue
        response = told.resolved(response)
        for header in response.get("headers", {}):
            if header.lower() not in answer["headers"]:
                wrong.append(f"{name}: no header {header}")
        content = response.get("content")
        kind = answer["type"].split(";")[0]
        if content is None:
            if answer["body"]:
                wrong.append(f"{name}: a body where none is told of")
        elif kind not in content:
            wrong.append(f"{name}: {kind} is not told of")
        elif kind.endswith("json"):
            body = json.loads(answer["body"])
            wrong += [f"{name}: {error}" for error in told.errors(content[kind]["schema"], body)]
    return wrong


CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
]


# RFC 6585 has a status for a condition that is missing, which schemathesis does not expect.
SETTINGS = """
[checks.missing_required_header]
expected-statuses = [400, 401, 403, 404, 406, 415, 422, 428]
"""


def attack(address, examples):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        run = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run",
                f"{address}/api/v1/openapi.json",
                "--url", f"{address}/api/v1",
                "--header", f"Authorization: Bearer {os.environ['LICHEN_TOKEN']}",
                # It would revoke the token that it works with.
                "--exclude-operation-id", "revokeToken",
                "--checks", ",".join(CHECKS),
                "--max-examples", examples, "--seed", "7", "--no-shrink",
                "--continue-on-failure", "--generation-database", "none",
                "--suppress-health-check", "all", "--request-timeout", "60",
                "--warnings", "off", "--no-color",
            ],
            cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
    print(run.stdout)
    return [] if run.returncode == 0 else [f"schemathesis ended with {run.returncode}"]


def pdf(address):
    def ask(path, body=None):
        headers = {"Authorization": f"Bearer {os.environ['LICHEN_TOKEN']}", "Content-Type": "application/json"}
        if body is not None:
            headers["Idempotency-Key"] = "a-report"
        return urllib.request.urlopen(urllib.request.Request(urllib.parse.urljoin(address, path), body, headers))

    with ask(f"{address}/api/v1/parks/kalundborg/runs", b'{"seconds": 30}') as answer:
        run = answer.headers["Location"]
    with ask(f"{run}/events") as events:
        told = events.read().decode()
    if "event: done" not in told:
        return [f"the run did not end well: {told}"]
    with ask(f"{run}/report?format=pdf") as report:
        kind, content = report.headers["Content-Type"], report.read()
    if kind != "application/pdf" or not content.startswith(b"%PDF"):
        return [f"no PDF: {kind}, {content[:20]}"]
    count = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    return [] if count > 1 else [f"a report of {count} pages"]


JUDGES = {"document": document, "answers": answers, "attack": attack, "pdf": pdf}

if __name__ == "__main__":
    found = JUDGES[sys.argv[1]](*sys.argv[2:])
    print("\n".join(found))
    sys.exit(bool(found))
