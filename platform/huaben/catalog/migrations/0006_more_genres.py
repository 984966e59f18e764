"""The genres that the engine can make besides those of 0003. Rows, not code."""

from django.db import migrations

GENRES = [
    ("campus", "校园", "Campus"),
    ("ancient", "古装", "Costume drama"),
    ("scifi", "科幻", "Science fiction"),
    ("children", "儿童", "Children"),
    ("history", "历史", "History"),
    ("heritage", "非遗文旅", "Living heritage"),
]


def add(apps, schema_editor):
    genre = apps.get_model("catalog", "Genre")
    for position, (slug, zh, en) in enumerate(GENRES, 10):
        genre.objects.get_or_create(slug=slug, defaults={"name_zh": zh, "name_en": en, "position": position})


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_simplified_search")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
