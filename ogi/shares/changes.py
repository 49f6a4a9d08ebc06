"""What of a frozen view is otherwise today, as sentences: nothing where everything is as it was."""

from __future__ import annotations

from ogi.labels import Labels
from ogi.shares.content import Content, Figure, Source

_NAMED = 5


def changes_since(frozen: Content, today: Content, labels: Labels) -> tuple[str, ...]:
    """Return what changed: figures one by one, then reports, charts, findings and the description.

    Args:
        frozen: as it was.
        today: the same view of the reports of today, in the same language.
        labels: the language of the sentences.
    """
    said = [*_figures(frozen, today, labels), *_reports(frozen, today, labels)]
    drawn = {drawing.title for drawing in frozen.drawings if drawing not in today.drawings}
    drawn |= {drawing.title for drawing in today.drawings if drawing not in frozen.drawings}
    if drawn:
        said.append(labels("share.changed.charts", names=_listed(sorted(drawn), labels)))
    if frozen.table != today.table:
        said.append(labels("share.changed.table"))
    if (frozen.errors, frozen.warnings) != (today.errors, today.warnings):
        counts = {"errors": frozen.errors, "warnings": frozen.warnings}
        said.append(labels("share.changed.findings", **counts, new_errors=today.errors, new_warnings=today.warnings))
    elif frozen.problems != today.problems:
        said.append(labels("share.changed.problems"))
    if not said and frozen != today:
        said.append(labels("share.changed.words"))
    return tuple(said)


def _figures(frozen: Content, today: Content, labels: Labels) -> list[str]:
    if frozen.year != today.year:
        return [labels("share.changed.year", before=frozen.year or "—", after=today.year or "—")]
    now = {figure.key: figure for figure in today.figures}
    said = []
    for old in frozen.figures:
        new = now.get(old.key)
        if new is None or new.text != old.text:
            said.append(labels("share.changed.figure", name=old.name, before=old.text, after=_text(new)))
        elif new != old:
            before, after = _about(old), _about(new)
            said.append(labels("share.changed.change", name=old.name, before=before, after=after))
    return said


def _text(figure: Figure | None) -> str:
    return "—" if figure is None else figure.text


def _about(figure: Figure) -> str:
    return "; ".join((figure.change, *figure.notes))


def _reports(frozen: Content, today: Content, labels: Labels) -> list[str]:
    said = []
    if frozen.reports != today.reports:
        said.append(labels("share.changed.reports", before=frozen.reports, after=today.reports))
    if frozen.more_sources or today.more_sources:  # not all of them were noted, so what is missing may only be further down
        return said
    old, new = ({source.report_id: source for source in content.sources} for content in (frozen, today))
    for key, found in (("added", new.keys() - old.keys()), ("removed", old.keys() - new.keys())):
        if found:
            names = [_name((new if key == "added" else old)[report]) for report in sorted(found)]
            said.append(labels(f"share.changed.{key}", names=_listed(names, labels)))
    other = [_name(new[report]) for report in sorted(old.keys() & new.keys()) if old[report].sha256 != new[report].sha256]
    if other:
        said.append(labels("share.changed.document", names=_listed(other, labels)))
    return said


def _name(source: Source) -> str:
    return f"{source.organ} {source.year}"


def _listed(names: list[str], labels: Labels) -> str:
    shown = labels("view.sentence.and").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else labels("selection.notice.more", names=shown, count=len(names))
