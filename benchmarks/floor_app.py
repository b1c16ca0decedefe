"""The floor of the webhook's figure: a Flask app that inserts one row through a pool, and nothing else."""

import os

from flask import Flask, request
from psycopg_pool import ConnectionPool

app = Flask(__name__)
pool = ConnectionPool(os.environ["FLOOR_DATABASE_URL"], min_size=4, max_size=10, open=True)


@app.post("/sms/inbound")
def inbound() -> tuple[dict[str, int], int]:
    body = request.get_json()
    with pool.connection() as connection:
        row = connection.execute(
            "insert into floor (sender, words) values (%s, %s) returning id", (body["sender"], body["text"])
        ).fetchone()
    assert row is not None
    return {"id": row[0]}, 202
