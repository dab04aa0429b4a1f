"""When an entry that another site made came here, and from which site."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("remit_store", "0002_tokens_and_requests"),
    ]

    operations = [
        migrations.AddField(model_name="journalentry", name="came", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="journalentry", name="via", field=models.CharField(max_length=100, null=True)),
    ]
