"""The genres that a new installation begins with. Rows, not code: an operator may add others."""

from django.db import migrations

GENRES = [
    ("ghost", "志怪", "Ghost story"),
    ("romance", "言情", "Romance"),
    ("revenge", "复仇", "Revenge"),
    ("palace", "宫斗", "Palace intrigue"),
    ("wuxia", "武侠", "Wuxia"),
    ("mystery", "悬疑", "Mystery"),
    ("family", "家庭", "Family"),
    ("comedy", "喜剧", "Comedy"),
    ("fable", "寓言", "Fable"),
    ("city", "都市", "City life"),
]


def add(apps, schema_editor):
    genre = apps.get_model("catalog", "Genre")
    for position, (slug, zh, en) in enumerate(GENRES):
        genre.objects.get_or_create(slug=slug, defaults={"name_zh": zh, "name_en": en, "position": position})


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
