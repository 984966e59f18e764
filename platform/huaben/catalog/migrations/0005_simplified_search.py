"""Traditional characters are found as simplified ones: what was stored before is written anew."""

from django.db import migrations

from moderation.simplified import simplified_table


def index_anew(apps, schema_editor):
    from huaben.catalog.search import search_vector

    series = apps.get_model("catalog", "Series")
    traditional = set(map(chr, simplified_table()))
    rows = series.objects.select_related("creator").prefetch_related("genres")
    for row in rows.iterator(chunk_size=200):
        genres = [name for genre in row.genres.all() for name in (genre.name_zh, genre.name_en)]
        others = " ".join([*genres, row.creator.display_name or row.creator.handle])
        if traditional.isdisjoint(row.title + row.synopsis + others):
            continue
        series.objects.filter(pk=row.pk).update(
            search=search_vector(row.title, row.synopsis, others)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_words'),
    ]

    operations = [
        migrations.RunPython(index_anew, migrations.RunPython.noop),
    ]
