"""Transforms templates of SAM by the transformation that AWS itself runs: one path a line comes in, one answer a line goes out."""
import json
import sys

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The names of managed policies are asked of AWS; no template of the lab has one."""

    def load(self):
        return {}


def transformed(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    defaults = {name: value.get("Default", "") for name, value in template.get("Parameters", {}).items()}
    output = f"{path}.template.json"
    try:
        result = transform(template, defaults, NoManagedPolicies())
    except InvalidDocumentException as error:
        return {"error": "; ".join([error.message, *(cause.message for cause in error.causes)])}
    with open(output, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2)
    return {"files": [output]}


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = transformed(request["file"])
    except Exception as error:  # The lab reports whatever it is.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
