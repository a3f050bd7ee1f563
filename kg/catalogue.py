"""The named queries: SPARQL files whose header asks the question in three languages.

# question@en: Who met whom between two dates?
# question@ar: …
# question@fr: …
# param from date default 0001 : first day, month or year | … | …
# example from=2020 to=2021

A parameter is `required`, `optional` (left unbound) or has a `default`. Types: `iri` (an IRI, a
key such as `person/Q57480`, or a country's code), `code:PREFIX` (a local name in that namespace),
`date` (ISO, of any precision; a string in the query), `string`, `integer`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.errors import DataFaults, Fault, QueryFault
from kg.terms import country_key, is_date
from kg.vocab import PREFIXES, id_iri

LANGUAGES = ("en", "ar", "fr")
_QUESTION = re.compile(r"# question@(en|ar|fr): (\S.*)")
_PARAMETER = re.compile(
    r"# param (\w+) (iri|date|string|integer|code:\w+) (required|optional|default \S+) : (.+)"
)
_EXAMPLE = re.compile(r"# example (\S.*)")
_COUNTRY = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query needs: its name, type, default, and what it means in en, ar, fr."""

    name: str
    type: str
    default: str | None
    required: bool
    descriptions: tuple[str, ...]

    def description(self, lang: str = "en") -> str:
        """What the value means, in one of LANGUAGES."""
        return self.descriptions[LANGUAGES.index(lang)]

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """The value as an RDF term; QueryFault where it is not of the type."""
        if self.type == "iri":
            return ox.NamedNode(_entity_iri(self.name, value))
        if self.type.startswith("code:"):
            return ox.NamedNode(PREFIXES[self.type[5:]] + _matching(self.name, value, r"[\w-]+"))
        if self.type == "integer":
            return ox.Literal(int(_matching(self.name, value, r"-?\d{1,9}")))
        if self.type == "date" and not is_date(value):
            raise QueryFault(f"{self.name}={value}: write a date as 2023, 2023-02 or 2023-02-01")
        return ox.Literal(value)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its name, its question in en, ar, fr, parameters, and arguments to try."""

    name: str
    questions: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    example: tuple[tuple[str, str], ...]
    text: str

    def question(self, lang: str = "en") -> str:
        """The question that the query answers, in one of LANGUAGES."""
        return self.questions[LANGUAGES.index(lang)]


def _entity_iri(name: str, value: str) -> str:
    if _COUNTRY.fullmatch(value):
        return id_iri(country_key(value))
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + _matching(name, local, r"[^\s<>\"{}|^`\\]+")
    if re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", value):
        return value
    if re.fullmatch(r"[a-z-]+/[^\s<>]+", value):
        return id_iri(value)
    raise QueryFault(
        f"{name}={value}: write a country's code (MA), a key (person/Q57480) or an IRI"
    )


def _matching(name: str, value: str, pattern: str) -> str:
    if not re.fullmatch(pattern, value):
        raise QueryFault(f"{name}={value}: not a value of this parameter")
    return value


@cache
def named() -> tuple[NamedQuery, ...]:
    """All named queries, by name; DataFaults with every fault in their headers."""
    faults: list[Fault] = []
    found = []
    folder = files("kg").joinpath("queries")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".rq"):
            text = entry.read_text(encoding="utf-8")
            found.append(parse(entry.name, text, faults))
    if faults:
        raise DataFaults(faults)
    return tuple(found)


def parse(file: str, text: str, faults: list[Fault]) -> NamedQuery:
    """One query of a file's text; what is wrong with its header is added to `faults`."""
    questions: dict[str, str] = {}
    parameters: list[Parameter] = []
    example: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        if match := _QUESTION.fullmatch(line):
            questions[match[1]] = match[2]
        elif match := _PARAMETER.fullmatch(line):
            parameters.append(_parameter(match, file, number, faults))
        elif match := _EXAMPLE.fullmatch(line):
            example += [
                (key, value) for key, _, value in (a.partition("=") for a in match[1].split())
            ]
        else:
            faults.append(Fault(file, number, "neither a question, a param nor an example"))
    for lang in LANGUAGES:
        if lang not in questions:
            faults.append(Fault(file, 1, f"no question@{lang}"))
    asked = tuple(questions.get(lang, "") for lang in LANGUAGES)
    return NamedQuery(file.removesuffix(".rq"), asked, tuple(parameters), tuple(example), text)


def _parameter(match: re.Match[str], file: str, number: int, faults: list[Fault]) -> Parameter:
    descriptions = tuple(part.strip() for part in match[4].split(" | "))
    if len(descriptions) != len(LANGUAGES):
        faults.append(Fault(file, number, "a description is needed as: English | Arabic | French"))
        descriptions = descriptions[:1] * len(LANGUAGES)
    kind = match[2]
    if kind.startswith("code:") and kind[5:] not in PREFIXES:
        faults.append(Fault(file, number, f"unknown prefix in {kind}"))
    default = match[3].removeprefix("default ") if match[3].startswith("default ") else None
    return Parameter(match[1], kind, default, match[3] == "required", descriptions)


def reference() -> str:
    """The named queries as a Markdown page."""
    lines = ["# Named queries", "", "Written from the headers of `kg/queries/*.rq`.", ""]
    lines += ["`rawabit query NAME PARAMETER=VALUE …` runs one.", ""]
    for query in named():
        lines += [f"## {query.name}", "", query.question("en"), ""]
        lines += [f"- ar: {query.question('ar')}", f"- fr: {query.question('fr')}", ""]
        if query.parameters:
            lines += ["| parameter | type | default | meaning |", "| --- | --- | --- | --- |"]
            lines += [_parameter_row(parameter) for parameter in query.parameters] + [""]
        arguments = " ".join(["rawabit query", query.name, *("=".join(a) for a in query.example)])
        lines += ["```", arguments, "```", ""]
    return "\n".join(lines)


def _parameter_row(parameter: Parameter) -> str:
    default = parameter.default or ("required" if parameter.required else "any")
    return f"| {parameter.name} | {parameter.type} | {default} | {parameter.description()} |"


if __name__ == "__main__":
    print(reference(), end="")
