"""Files as raw articles."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from services.ingest import files
from services.ingest.encoding import decode_html


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_folder_is_read_by_name_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.html", "b/x.json", "notes.md"):
        write(tmp_path / name, "x")

    found = files.files([tmp_path])

    assert [path.name for path in found] == ["a.html", "x.json", "c.txt"]


def test_a_page_takes_its_address_and_outlet_from_its_canonical_link(tmp_path: Path) -> None:
    page = '<html><head><link rel="canonical" href="https://post.example/a"></head></html>'
    (loaded,) = files.load(write(tmp_path / "a.html", page))

    assert loaded.article is not None
    assert loaded.article.url == "https://post.example/a"
    assert loaded.article.source == "post.example"


def test_a_page_whose_canonical_link_is_no_address_is_named_by_its_file(tmp_path: Path) -> None:
    page = '<link rel="canonical" href="http://[post.example/a"><p>x</p>'
    (loaded,) = files.load(write(tmp_path / "a.html", page))

    assert loaded.article is not None
    assert loaded.article.url == f"file://{tmp_path}/a.html"
    assert loaded.article.source == tmp_path.name


def test_an_outlet_that_a_file_does_not_state_is_named_by_its_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "post.example" / "1.txt", tmp_path / "wire.example" / "1.html"):
        path.parent.mkdir()
        write(path, "<p>x</p>")

    loaded = [item for path in files.files([tmp_path]) for item in files.load(path)]

    outlets = [item.article.source for item in loaded if item.article]
    assert outlets == ["post.example", "wire.example"]


def test_a_text_may_begin_with_its_address(tmp_path: Path) -> None:
    (loaded,) = files.load(write(tmp_path / "a.txt", "\nhttps://post.example/a \r\nTitle\nText"))

    assert loaded.article is not None
    assert loaded.article.url == "https://post.example/a"
    assert loaded.article.source == "post.example"
    assert loaded.article.text == "Title\nText"


@pytest.mark.parametrize("first", ["see https://post.example/a", "https://", "http:// x"])
def test_a_line_that_is_no_address_is_text(tmp_path: Path, first: str) -> None:
    (loaded,) = files.load(write(tmp_path / "a.txt", f"{first}\nText"))

    assert loaded.article is not None
    assert loaded.article.text == f"{first}\nText"


def test_a_file_whose_name_is_not_unicode_is_read(tmp_path: Path) -> None:
    (loaded,) = files.load(write(tmp_path / os.fsdecode(b"caf\xe9.txt"), "x"))

    assert loaded.article is not None
    assert loaded.article.url == f"file://{tmp_path}/caf%E9.txt"


def test_a_page_without_address_and_a_text_are_named_by_their_file(tmp_path: Path) -> None:
    for name in ("a b.html", "a b.txt"):
        (loaded,) = files.load(write(tmp_path / name, "<p>x</p>"))
        assert loaded.article is not None
        assert loaded.article.url == f"file://{tmp_path}/{name.replace(' ', '%20')}"


def test_lines_are_counted_and_a_bad_one_is_refused_alone() -> None:
    good = json.dumps({"url": "https://a.example", "source": "a", "text": "x"})
    lines = io.BytesIO(f"{good}\n\nnot json\n{good}\n".encode())

    found = list(files.load_lines(lines, "in"))

    assert [(item.origin, item.article is not None) for item in found] == [
        ("in#1", True),
        ("in#3", False),
        ("in#4", True),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "[]", "not a JSON object"),
        ("a.json", "{", "not JSON"),
        ("a.json", "{}", "no article"),
        ("a.pdf", "x", "can't be published"),
        ("a.html", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>", "binary file"),
        ("a.htm", b"\x89PNG\r\n\x1a\n", "binary file"),
        ("a.txt", bytes(range(256)) * 9, "binary file"),
        ("a.html", " \n", "is empty"),
        (
            "a.json",
            json.dumps({"url": "https://a.example", "source": "a", "text": "ab" * 4_000_001}),
            "larger than",
        ),
        (
            "a.repeat.json",  # once a format of the sample articles, which raised for such a file
            '{"url": "https://a.example", "source": "a", "repeat": "ab", "times": "many"}',
            "no article",
        ),
    ],
)
def test_an_invalid_article_is_rejected_with_the_reason(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    (loaded,) = files.load(write(tmp_path / name, content))

    assert loaded.article is None
    assert said in (loaded.refusal or "")
    assert loaded.origin == str(tmp_path / name)


@pytest.mark.parametrize(
    "data",
    [
        "Brücke".encode("utf-16"),
        "日本".encode("iso2022_jp"),
        b"<p>a\0b</p>" * 1 + b"x" * 90,
    ],
    ids=["UTF-16", "ISO-2022-JP", "a stray null character"],
)
def test_text_in_any_encoding_is_not_taken_for_a_binary_file(data: bytes, tmp_path: Path) -> None:
    (loaded,) = files.load(write(tmp_path / "a.html", data))

    assert loaded.article is not None


def test_files_of_one_name_in_two_folders_have_urls_of_their_own(tmp_path: Path) -> None:
    urls = set()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for name in ("x.html", "x.txt"):
            (loaded,) = files.load(write(tmp_path / folder / name, "<p>x</p>"))
            assert loaded.article is not None
            urls.add(loaded.article.url)

    assert len(urls) == 4


def test_files_of_other_types_in_a_folder_are_counted(tmp_path: Path) -> None:
    for name in ("a.html", "b.pdf", "c"):
        write(tmp_path / name, "x")

    assert files.skipped([tmp_path, tmp_path / "b.pdf"]) == 2


def test_fields_that_an_article_does_not_have_are_listed(tmp_path: Path) -> None:
    fields = {"url": "https://a.example", "source": "a", "text": "x", "published": 1, "authros": []}
    (loaded,) = files.load(write(tmp_path / "a.json", json.dumps(fields)))

    assert loaded.unknown_fields == ("authros", "published")
    (refused,) = files.load(write(tmp_path / "b.json", json.dumps({**fields, "url": "no URL"})))
    assert refused.unknown_fields == ()


def test_a_missing_file_is_rejected(tmp_path: Path) -> None:
    (loaded,) = files.load(tmp_path / "gone.txt")

    assert "can't be read" in (loaded.refusal or "")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Brücke – “ja”".encode(), "Brücke – “ja”"),
        ("\ufeffBrücke".encode(), "Brücke"),
        ("Brücke".encode("utf-16"), "Brücke"),
        (b'<meta charset="utf-8">Br\xfccke', '<meta charset="utf-8">Brücke'),
        (b"Br\xfccke \x93ja\x94", "Brücke “ja”"),
        ('<meta charset="windows-1251">Мост'.encode("cp1251"), '<meta charset="windows-1251">Мост'),
        (b'<meta charset="nonsense">\xe9', '<meta charset="nonsense">é'),
    ],
)
def test_bytes_are_decoded_whatever_the_page_declares(data: bytes, text: str) -> None:
    assert decode_html(data, None) == text


def test_a_line_or_file_over_the_limit_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    good = json.dumps({"url": "https://a.example/1", "source": "a", "text": "x"}).encode()
    lines = io.BytesIO(b"x" * 350 + b"\n" + good + b"\n" + b"y" * 101)

    found = list(files.load_lines(lines, "input"))
    (file,) = files.load(write(tmp_path / "a.html", "z" * 101))

    assert [(one.origin, one.article is not None) for one in found] == [
        ("input#1", False),
        ("input#2", True),
        ("input#3", False),
    ]
    assert found[0].refusal == "is longer than 100 bytes"
    assert file.refusal == "is larger than 100 bytes"
