"""What people write is checked before anything runs: the message names file, key and what it takes."""

import pytest

from crawler.definitions import DefinitionError
from crawler.sites import load_site
from crawler.takedowns import load_takedowns
from crawler.workspace import Workspace, load_settings
from pipeline.topic import load_topic, topic_folder

START = 'start = ["http://example.com/"]\n'


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ('start = ["http://[bad/"]', "start"),
        ('start = ["http://"]', "start"),
        ('start = ["http://example.com:99999/"]', "start"),
        ('start = "http://example.com/"', "start"),
        ("start = []", "start"),
        (START + "name = 5", "name"),
        (START + "delay_seconds = nan", "delay_seconds"),
        (START + "delay_seconds = inf", "delay_seconds"),
        (START + "delay_seconds = true", "delay_seconds"),
        (START + "max_pages = 1.5", "max_pages"),
        (START + "article = '('", "article"),
        (START + "layout = [1]", "layout"),
        (START + 'extractor = "layout"', "extractor"),
        (START + 'extractor = "best"', "extractor"),
        (START + '[[layout]]\ntitle = "h1["\nbody = "p"', "layout.title"),
        (START + '[[layout]]\ntitle = "h1"', "layout.body"),
        (START + '[[layout]]\ntitle = "h1"\nbody = "p"\nremove = ".ad"', "layout.remove"),
        (START + "delai_seconds = 1", "delai_seconds"),
    ],
)
def test_a_wrong_site_file_is_refused_by_file_and_key(tmp_path, said, key):
    path = tmp_path / "x.toml"
    path.write_text(said, encoding="utf-8")
    with pytest.raises(DefinitionError, match=rf"x\.toml.*`{key}`"):
        load_site(path)


@pytest.mark.parametrize(
    "said",
    ["contact = 5", 'contact = "nobody"', "retention = 5", 'budget = "x"', 'synthetic = "false"', "x = 1"],
)
def test_wrong_settings_are_refused_by_file_and_key(tmp_path, said, monkeypatch):
    monkeypatch.delenv("YUQI_CONTACT", raising=False)
    (tmp_path / "yuqi.toml").write_text(said, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"yuqi\.toml.*`" + said.partition(" ")[0]):
        load_settings(Workspace(tmp_path))


@pytest.mark.parametrize(
    "said",
    [
        "takedown = 5",
        '[[takedown]]\npattern = ""',
        '[[takedown]]\npattern = "("',
        "[[takedown]]\nurl = 5",
        '[[takedown]]\nreason = "none named"',
        '[[takedown]]\nurl = "u"\npattern = "p"',
    ],
)
def test_a_broken_takedown_is_an_error_and_never_ignored(tmp_path, said):
    path = tmp_path / "takedowns.toml"
    path.write_text(said, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"takedowns\.toml"):
        load_takedowns(path)


@pytest.mark.parametrize(
    ("stem", "said"), [("repair", "[redact]\nphone = 5"), ("repair", "x = 1"), ("none", "")]
)
def test_an_override_of_another_kind_is_refused_by_file(tmp_path, stem, said):
    (tmp_path / f"{stem}.toml").write_text(said, encoding="utf-8")
    with pytest.raises(DefinitionError, match=rf"{tmp_path}/{stem}\.toml"):
        load_topic(topic_folder(), tmp_path)


def test_an_override_of_one_key_leaves_the_others(tmp_path):
    (tmp_path / "repair.toml").write_text('[redact]\nwechat = ["绿泡泡"]', encoding="utf-8")
    table = load_topic(topic_folder(), tmp_path).tables["repair"]["redact"]
    assert table["wechat"] == ["绿泡泡"]
    assert table["phone"]
