"""A build over parts that are there does nothing that only new pages ask for."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from crawl_server import workspace_in
from shared_topic import TOPIC

from crawler.importing import import_paths
from crawler.workspace import Workspace
from pipeline import make, stages
from pipeline.copies import sign_from
from pipeline.findings import find_from
from pipeline.metrics import read_costs
from pipeline.repair import load_rules
from tests.stores import tables
from yuqi.building import build_workspace

TEXT = "催收的电话在还款日之后的第三天打来，对方报出了借款人的姓名和单位，语气很不客气。"


@pytest.fixture
def built(tmp_path: Path) -> Workspace:
    place = workspace_in(tmp_path / "w")
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        body = "".join(f"<p>第{number}篇的第{n}段。{TEXT}</p>" for n in range(4))
        page = f"<title>第{number}篇</title><h1>第{number}篇</h1><div>{body}</div>"
        (pages / f"{number}.html").write_text(page, encoding="utf-8")
    import_paths(place, {}, [pages])
    build_workspace(place, workers=1)
    return place


def test_no_dictionary_is_read_where_no_part_is_missing(built: Workspace, monkeypatch):
    before = tables(built.latest)
    built.corpus.unlink()  # else nothing at all would be done
    for place, name in ((make, "kept_rules"), (stages, "kept_find"), (make, "sign_from")):
        monkeypatch.setattr(place, name, lambda *_: pytest.fail("asked for dictionaries"))
    assert build_workspace(built, workers=1).published
    assert tables(built.latest) == before


def test_what_each_step_of_a_build_took_is_told_with_those_that_make_no_part(built: Workspace):
    costs = {cost.stage: cost for cost in read_costs(built.parts)}
    assert list(costs) == [
        "read", "learn", "reread", "recur", "article", "find", "sign", "inputs", "copies", "load", "publish",
    ]  # fmt: skip
    assert [costs[stage].documents for stage in ("read", "copies")] == [3, 0]
    assert all(costs[stage].cpu_seconds > 0 for stage in ("learn", "recur", "copies", "load", "publish"))


@pytest.mark.parametrize("stem", make.FOUND_BY)
def test_every_table_that_findings_are_made_by_is_in_the_key_of_their_parts(stem: str):
    """Signs decide on what is alleged: with new ones an old part would say what no code says any more."""
    assert stem in TOPIC.tables
    changed = replace(TOPIC, tables=TOPIC.tables | {stem: TOPIC.tables[stem] | {"": ""}})
    assert make.found_by(changed) != make.found_by(TOPIC)


def test_a_worker_makes_rules_of_a_topic_once_whatever_it_is_sent_and_others_of_another():
    """What was forked from a process that has made them makes them no more."""
    other = replace(TOPIC, tables=TOPIC.tables | {"other": {}})
    elsewhere = replace(TOPIC, overridden={"cues": "overrides/cues.toml"})
    for read in (find_from, load_rules):
        sent, changed = pickle.dumps(read(TOPIC)), pickle.dumps(read(other))
        first = pickle.loads(sent)
        assert first is pickle.loads(sent)
        assert first is pickle.loads(pickle.dumps(read(elsewhere)))
        assert pickle.loads(changed) is not first


def test_what_texts_are_masked_by_is_compiled_once_for_one_topic_in_one_process():
    masks = TOPIC.tables["masks"]
    other = replace(TOPIC, tables=TOPIC.tables | {"masks": masks | {"deleted": [*masks["deleted"], "样例"]}})
    kept = sign_from(TOPIC).folds
    assert kept is sign_from(replace(TOPIC)).folds
    assert "样例" in sign_from(other).folds.deleted


def test_findings_read_no_other_table_of_the_topic():
    only = replace(TOPIC, tables={stem: TOPIC.tables[stem] for stem in make.FOUND_BY})
    find_from(only)
