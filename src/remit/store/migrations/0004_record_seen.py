"""Who saw what of the compartments."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("remit_store", "0003_came_from_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordSeen",
            fields=[
                ("key", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("person", models.CharField(db_index=True, max_length=150)),
                ("role", models.CharField(max_length=100)),
                ("record", models.CharField(db_index=True, max_length=36)),
                ("compartment", models.CharField(max_length=100)),
                ("how", models.CharField(max_length=16)),
            ],
            options={"db_table": "record_seen"},
        ),
    ]
