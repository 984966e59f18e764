from django.db import migrations


class Migration(migrations.Migration):
    """Decisions about and reports of texts are ``speech``'s. Rows are not copied: nobody outside
    has any yet.
    """

    dependencies = [("review", "0003_speech")]

    operations = [
        migrations.DeleteModel(name="SpeechDecision"),
        migrations.DeleteModel(name="SpeechReport"),
    ]
