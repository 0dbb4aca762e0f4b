"""The labels in words, for readers who have not read the documentation."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.model import Label

MEANINGS: Mapping[Label, str] = {
    Label.TITLE: "the page's own headline, kicker and subtitle",
    Label.BODY: "what the author wrote: paragraphs, subheadings, lists, quotes",
    Label.CAPTION: "captions and credits of photos, videos and figures",
    Label.META: "byline, date, place, source and tags of the article",
    Label.TICKER: "headlines and teasers of other articles",
    Label.COMMENT: "reader comments and what belongs to them",
    Label.SPAM: "advertisements, link farms and text foreign to the site",
    Label.BOILERPLATE: "menus, cookie notices, newsletter prompts, footers and the like",
}
