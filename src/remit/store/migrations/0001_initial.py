"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ErasableValue",
            fields=[
                ("entry", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("record", models.CharField(db_index=True, max_length=36)),
                ("generation", models.PositiveIntegerField(default=1)),
                ("erased", models.JSONField(default=list)),
                ("blob", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "erasable_value",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("key", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("invented", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "person",
            },
        ),
        migrations.CreateModel(
            name="SealedBlock",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("entries", models.JSONField()),
                ("root", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("signature", models.CharField(max_length=128)),
            ],
            options={
                "db_table": "sealed_block",
            },
        ),
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                ("entry", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("block", models.PositiveBigIntegerField()),
            ],
            options={
                "db_table": "sealed_entry",
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("name", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("last", models.PositiveBigIntegerField()),
            ],
            options={
                "db_table": "series",
            },
        ),
        migrations.CreateModel(
            name="CurrentRecord",
            fields=[
                ("identifier", models.CharField(db_column="id", max_length=36, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=16)),
                ("number", models.CharField(max_length=100)),
                ("state", models.CharField(max_length=100)),
                ("level", models.CharField(max_length=32)),
                ("compartment", models.CharField(max_length=100)),
                ("component", models.CharField(max_length=100)),
                ("caveats", models.TextField()),
                ("originator", models.CharField(max_length=150)),
                ("invented", models.BooleanField()),
                ("withdrawn", models.BooleanField()),
                ("title", models.TextField()),
                ("title_order", models.TextField()),
                ("occurred", models.CharField(max_length=40)),
                ("reported", models.CharField(max_length=40)),
                ("recorded_at", models.CharField(max_length=40)),
                ("recorded_by", models.CharField(max_length=150)),
                ("changed_at", models.CharField(max_length=40)),
                ("search", models.TextField()),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("body", models.JSONField()),
            ],
            options={
                "db_table": "current_record",
                "indexes": [
                    models.Index(fields=["type", "state"], name="current_record_type"),
                    models.Index(fields=["recorded_at"], name="current_record_recorded"),
                    models.Index(fields=["occurred"], name="current_record_occurred"),
                    models.Index(fields=["number"], name="current_record_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("identifier", models.CharField(db_column="id", max_length=36, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("record", models.CharField(max_length=36)),
                ("other", models.CharField(default="", max_length=36)),
                ("type", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("person", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("body", models.JSONField()),
            ],
            options={
                "db_table": "journal_entry",
                "indexes": [
                    models.Index(fields=["record", "seq"], name="journal_entry_record"),
                    models.Index(
                        condition=models.Q(("other", ""), _negated=True), fields=["other"], name="journal_entry_other"
                    ),
                    models.Index(fields=["at"], name="journal_entry_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=36)),
                ("generation", models.PositiveIntegerField(default=1)),
                ("key", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "record_key",
                "constraints": [models.UniqueConstraint(fields=("record", "generation"), name="record_key_once")],
            },
        ),
        migrations.CreateModel(
            name="PersonRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=100)),
                ("until", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held", to="remit_store.person"
                    ),
                ),
            ],
            options={
                "db_table": "person_role",
                "constraints": [models.UniqueConstraint(fields=("person", "role"), name="person_role_once")],
            },
        ),
    ]
