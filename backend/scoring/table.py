"""Prints a score as a table for people at a terminal."""

from typing import Any

import typer

from backend.cli.language import Translate

HEADINGS = ("项目", "样本", "估计", "标准误", "置信区间")
DIFFERENCE = "差异 {from_} → {to}"


def print_scores(shape: dict[str, Any], translate: Translate) -> None:
    """Print items, domains and differences, then what has to be known about them."""
    for wave in shape.get("waves", [shape]):
        if "wave" in wave:
            typer.echo(f"[{wave['wave']}]")
        _print_items(wave, translate)
    for difference in shape.get("differences", ()):
        between = translate(DIFFERENCE).format(from_=difference["from"], to=difference["to"])
        typer.echo(f"{difference['item']}  {between}  " + "  ".join(_numbers(difference)))
    for warning in shape["warnings"]:
        typer.echo(warning, err=True)


def _print_items(score: dict[str, Any], translate: Translate) -> None:
    rows = [tuple(translate(heading) for heading in HEADINGS)]
    for item in score["items"]:
        rows.append((item["item"], str(item["n"]), *_numbers(item)))
        rows += [
            (f"  {domain['variable']}={domain['category']}", str(domain["n"]), *_numbers(domain))
            for domain in item["domains"]
        ]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        cells = (
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        )
        typer.echo("  ".join(cells).rstrip())
    for warning in score["warnings"]:
        typer.echo(warning, err=True)


def _numbers(figures: dict[str, Any]) -> tuple[str, str, str]:
    limits = figures["ci"]
    interval = "—" if limits is None else f"{limits[0]:.4f} – {limits[1]:.4f}"
    return _number(figures["estimate"]), _number(figures["se"]), interval


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
