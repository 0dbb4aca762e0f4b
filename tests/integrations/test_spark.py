from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from cleaner.errors import SourceError
from tests.integrations.hosts import ALL_HOSTS, ROWS, cleaner, expected, needed, told

needed("pyspark", "pyarrow")
if not shutil.which("java") and not ALL_HOSTS:
    pytest.skip("Java is not installed", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from cleaner.integrations.spark import clean  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
]  # of its own


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        started = builder.getOrCreate()
        yield started
        started.stop()
    # It says goodbye when the process ends, to an output that is closed.
    logging.getLogger("py4j").setLevel(logging.CRITICAL)


@pytest.fixture
def frame(session: Any) -> Any:
    return session.createDataFrame([dict(row) for row in ROWS]).repartition(2)


def test_a_frame_gets_the_bytes_of_the_command_line(frame: Any) -> None:
    cleaned = clean(frame, cleaner())

    assert expected() == told(row.asDict() for row in cleaned.collect())


def test_other_columns_stay_and_come_first(frame: Any) -> None:
    assert frame.columns == clean(frame).columns[: len(frame.columns)]


def test_a_frame_without_texts_is_refused_at_once(frame: Any) -> None:
    with pytest.raises(SourceError, match="among id, url; rename one"):
        clean(frame.drop("text"))
