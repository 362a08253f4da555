"""Makes reports for the ledger tutorial: some of those in evals/incidents, each in one of the forms reports come in.

    python docs/tutorial/reports.py FOLDER

It needs what `pip install '.[test]'` brings.
"""

from __future__ import annotations

import datetime
import html
import json
import mailbox
import sys
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

INCIDENTS = Path(__file__).parents[2] / "evals" / "incidents"
MOST = 104


class Report(NamedTuple):
    """A report as it lies in evals/incidents."""

    name: str
    text: str
    title: str
    outlet: str
    author: str
    published: str
    url: str

    @property
    def day(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.published).replace(tzinfo=datetime.UTC)

    @property
    def paragraphs(self) -> list[str]:
        return [paragraph.strip() for paragraph in self.text.split("\n\n")]

    def record(self) -> dict[str, str]:
        """The report as a row of a table."""
        return {key: value for key, value in self._asdict().items() if key != "name"}


def reports() -> list[Report]:
    """The first hundred or so."""
    found = []
    for path in sorted(INCIDENTS.glob("*/reports/*.txt"))[:MOST]:
        known = json.loads(path.with_suffix(".json").read_text("utf-8"))
        fields = {name: known.get(name) or "" for name in Report._fields[2:]}
        found.append(Report(f"{path.parts[-3]}-{path.stem}", path.read_text("utf-8"), **fields))
    return found


def texts(folder: Path, chosen: Sequence[Report]) -> None:
    """Text, and beside it what is known of it."""
    for report in chosen:
        (folder / f"{report.name}.txt").write_text(report.text, "utf-8")
        _beside(folder, report)


def pages(folder: Path, chosen: Sequence[Report]) -> None:
    """Pages as they are saved from a newspaper's site, with what stands around the report."""
    for report in chosen:
        said = {"og:title": report.title, "og:site_name": report.outlet, "article:published_time": report.published}
        metas = "".join(f'<meta property="{k}" content="{html.escape(v)}">' for k, v in said.items())
        body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in report.paragraphs)
        (folder / f"{report.name}.html").write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{metas}'
            f"<title>{html.escape(report.title)}</title>"
            f'<meta name="author" content="{html.escape(report.author)}">'
            f'<link rel="canonical" href="{report.url}"></head>'
            "<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
            f"<article><h1>{html.escape(report.title)}</h1>\n{body}</article>"
            "<footer><p>Cookies help us to serve you. Subscribe now.</p></footer></body></html>",
            "utf-8",
        )


def papers(folder: Path, chosen: Sequence[Report]) -> None:
    """PDF files, set in lines that break words nowhere, page after page."""
    from fpdf import FPDF

    for report in chosen:
        paper = FPDF()
        paper.core_fonts_encoding = "cp1252"
        paper.set_creation_date(report.day)
        paper.set_title(report.title)
        paper.set_author(report.author)
        paper.add_page()
        paper.set_font("Times", size=11)
        for paragraph in report.paragraphs:
            line = paragraph.encode("cp1252", "replace").decode("cp1252")
            paper.multi_cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
            paper.ln(4)
        paper.output(str(folder / f"{report.name}.pdf"))
        _beside(folder, report)


def word(folder: Path, chosen: Sequence[Report]) -> None:
    """DOCX files, as an editor sends them."""
    import docx

    for report in chosen:
        document = docx.Document()
        document.core_properties.title = report.title
        document.core_properties.author = report.author
        document.core_properties.created = document.core_properties.modified = report.day.replace(tzinfo=None)
        for paragraph in report.paragraphs:
            document.add_paragraph(paragraph)
        document.save(str(folder / f"{report.name}.docx"))
        _beside(folder, report)


def lines(folder: Path, chosen: Sequence[Report]) -> None:
    """A file of JSON Lines, as an archive's programming interface gives them."""
    records = [{"body" if key == "text" else key: value for key, value in r.record().items()} for r in chosen]
    (folder / "archive.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def table(folder: Path, chosen: Sequence[Report]) -> None:
    """A Parquet file, as a data scientist keeps them."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([r.record() for r in chosen]), folder / "table.parquet")


def newsletters(folder: Path, chosen: Sequence[Report]) -> None:
    """A mailbox of newsletters."""
    box = mailbox.mbox(folder / "newsletters.mbox")
    for report in chosen:
        message = EmailMessage()
        message["From"] = f'"{report.outlet}" <news@{report.url.split("/")[2]}>'
        message["To"] = "desk@observatory.example"
        message["Subject"] = report.title
        message["Date"] = format_datetime(report.day)
        message["Archived-At"] = f"<{report.url}>"
        message.set_content(report.text)
        kept = mailbox.mboxMessage(message)
        kept.set_from("news", report.day.timetuple())
        box.add(kept)
    box.close()


def feed(folder: Path, chosen: Sequence[Report]) -> None:
    """A feed that carries whole reports."""
    items = "".join(
        f"<item><title>{html.escape(r.title)}</title><link>{r.url}</link><pubDate>{format_datetime(r.day)}</pubDate>"
        f"<source url='{r.url}'>{html.escape(r.outlet)}</source><description>"
        + html.escape("".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in r.paragraphs))
        + "</description></item>"
        for r in chosen
    )
    rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire watch</title>{items}</channel></rss>"
    (folder / "watch.rss").write_text(rss, "utf-8")


def _beside(folder: Path, report: Report) -> None:
    known = {key: value for key, value in report.record().items() if key != "text"}
    (folder / f"{report.name}.json").write_text(json.dumps(known, ensure_ascii=False, indent=2), "utf-8")


MAKERS: tuple[Callable[[Path, Sequence[Report]], None], ...] = (
    texts, pages, papers, word, lines, table, newsletters, feed,
)  # fmt: skip


def main(folder: Path) -> None:
    """Make them all, in `folder`."""
    all_of_them = reports()
    for number, make in enumerate(MAKERS):
        inner = folder / make.__name__
        inner.mkdir(parents=True, exist_ok=True)
        make(inner, all_of_them[number :: len(MAKERS)])
    print(f"{len(all_of_them)} reports in {len(MAKERS)} forms")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
