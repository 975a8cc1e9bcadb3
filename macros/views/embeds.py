"""The pages that other websites show in a frame: the chart of a measure with its source and date, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from ..charts.chart import chart
from ..publish.charts import source_in_words
from ..register import Register
from .generated_page import GeneratedPage

FOLDER = "embed/measures/"


def embed_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield a page for each measure with a chart worth drawing."""
    for id, measure in register.measures.items():
        drawn = chart(measure, register.official.get(id), register.area)
        if drawn.is_worth_drawing:
            yield GeneratedPage(
                address=f"{FOLDER}{id}/", title=measure.title, searched=False,
                description=f"{measure.question} A chart to show on other sites.",
                template="pages/embed.html", layout="embed.html", record_file=register.location_of("measures", id)[0],
                context={"measure": measure, "chart": drawn, "source": source_in_words(measure)})
