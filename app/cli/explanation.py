"""`rawabit explain`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import say
from app.cli.ingestion import day
from kg.errors import InputFault

if TYPE_CHECKING:
    from ingest.explain import Explanation, Fired
    from ingest.nearmiss import NearMiss
    from kg.model import Document, EventClaim

_LONGEST_NAME = 200  # a longer argument is text, never a file's name


@click.command()
@click.argument("text", metavar="TEXT|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
@click.option("--published", callback=day, metavar="DATE", help="Day that dates are counted from.")
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), help="Default: detected.")
def explain(text: str, as_json: bool, published: str | None, lang: str | None) -> None:
    """Show how a text is read: mentions, rules that fired, rules that nearly did, events.

    Of a rule that fired, the words of each role are shown; of one that did not, how far it came
    and the clause that blocked it. A FILE may be of any kind that `ingest` reads; - is standard
    input, as text.

    \b
    Examples:
      rawabit explain --published 2023-02-01 "التقى ناصر بوريطة أنتوني بلينكن أمس"
      rawabit explain --json article.txt
    """
    from ingest.explain import explain as explained

    found = [explained(document) for document in _documents(text, lang, published)]
    if as_json:
        plain = [each.as_json() for each in found]
        say(json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1))
        return
    for each in found:
        _print(each)


def _documents(text: str, lang: str | None, published: str | None) -> list[Document]:
    """The documents of a file, or the one that a text is; InputFault where there is none."""
    from ingest.documents import Accepted, Defaults, read_all, read_text

    defaults = Defaults(lang, published)
    if text == "-":
        inputs = [read_text(sys.stdin.buffer.read(), defaults)]
    elif len(text.encode()) <= _LONGEST_NAME and "\n" not in text and Path(text).is_file():
        inputs = list(read_all([text], defaults))
    else:
        inputs = [read_text(text, defaults)]
    found = [each for each in inputs if isinstance(each, Accepted)]
    refused = [each for each in inputs if not isinstance(each, Accepted)]
    for each in refused:
        say(str(each), err=True)
    if not found:
        first = refused[0]
        raise InputFault(first.path, first.line, "nothing to explain")
    return [each.document for each in found]


def _print(found: Explanation) -> None:
    document = found.document
    say(f"{document.id} ({document.lang}, {document.published or 'no publication date'})")
    say("\nsentences")
    for number, sentence in enumerate(found.sentences):
        say(f"  {number:>2}  {_line(sentence.text)}")
    say("\nmentions")
    for mention in found.mentions:
        note = f"  ({mention.basis})" if mention.basis else ""
        place = f"{mention.start}–{mention.end}"
        say(f"  {place:>9}  {mention.kind:<12} {_line(mention.text)} → {mention.value}{note}")
    say("\nrules that fired")
    _fired(found.rules)
    say("\nrules that nearly fired")
    _near(found.near_misses)
    say("\nevents")
    _events(found.reading.events)
    for relation in found.reading.relations:
        say(f"  {relation.subject} {relation.predicate} {relation.object}")
    say()


def _line(text: str) -> str:
    return " ".join(text.split())


def _fired(rules: Iterable[Fired]) -> None:
    for rule in rules:
        result = f" → {rule.result}" if rule.result else ""
        say(f"  {rule.rule} ({rule.target}, sentence {rule.sentence}){result}")
        if rule.makes == "mention":
            say(f"      {_line(rule.text)}")
        for role, words in rule.roles.items():
            say(f"      {role}: {_line(words.text)}")
        if not rule.result and rule.makes != "mention":
            say("      came to nothing: a party is missing or the clause is negated")


def _near(misses: Iterable[NearMiss]) -> None:
    for miss in misses:
        progress = f"{miss.matched} of {miss.parts} parts"
        say(f"  {miss.rule} ({miss.target}, sentence {miss.sentence}): {progress}")
        say(f"      fits: {_line(miss.after)}")
        say(f"      then wants: {miss.blocked}")


def _events(events: Iterable[EventClaim]) -> None:
    for event in events:
        when = f" {event.date}" + (f"/{event.end_date}" if event.end_date else "")
        say(f"  {event.type}{when if event.date else ''} {event.certainty} ({event.key})")
        for party in event.participants:
            say(f"      {party.role}: {party.entity}")
        for name, value in (("place", event.place), ("stance", event.stance)):
            if value:
                say(f"      {name}: {value}")
        for name, values in (("about", event.about), ("topics", event.topics)):
            if values:
                say(f"      {name}: {', '.join(values)}")
        for inference in event.inferences:
            say(f"      inferred {inference.slot}: {inference.value} ({inference.basis})")
