"""Colours: text can be read on its ground, and bars told apart, whatever somebody's eyes."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from cleaner import Label
from tests.report.making import ASSETS

STYLE = (ASSETS / "style.css").read_text(encoding="utf-8")
PAPER, INK, QUIET = "paper", "ink", "quiet"
# The contrast WCAG 2 asks of text at level AA.
READABLE = 4.5
# Distances in Oklab, in hundredths: 2 can just be seen side by side.
DISTINCT = 9
# What a colour becomes, in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SEEN_BY = {
    "most": np.eye(3),
    "deuteranopes": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ]
    ),
    "protanopes": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopes": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.3039],
        ]
    ),
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("label", Label)
def test_label_colours_have_enough_contrast(label: Label, mode: str) -> None:
    colours = palette(mode)
    pairs = [(label, f"{label}-tint"), (label, PAPER), (INK, f"{label}-tint"), (label, "card")]

    assert min(contrast(colours[a], colours[b]) for a, b in pairs) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", [PAPER, "card"])
@pytest.mark.parametrize("text", [INK, QUIET, "link"])
def test_text_colours_have_enough_contrast(text: str, ground: str, mode: str) -> None:
    assert contrast(palette(mode)[text], palette(mode)[ground]) >= READABLE


def palette(mode: str) -> dict[str, str]:
    """The colours of a mode, by name."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): #(\w{6});", light if mode == "light" else dark))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def linear(colour: str) -> np.ndarray:
    """Red, green and blue as amounts of light."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_label_colours_can_be_told_apart(eyes: str, mode: str) -> None:
    fills = {label: palette(mode)[f"{label}-fill"] for label in Label}
    seen = {label: oklab(SEEN_BY[eyes] @ linear(fill)) for label, fill in fills.items()}

    assert [] == [
        (one, other)
        for one, other in combinations(Label, 2)
        if 100 * np.linalg.norm(seen[one] - seen[other]) < DISTINCT
    ]


def oklab(light: np.ndarray) -> np.ndarray:
    """A colour where distances are as they look; Björn Ottosson 2020."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    ) @ np.clip(light, 0, 1)
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    found: np.ndarray = lab @ np.cbrt(cones)
    return found
