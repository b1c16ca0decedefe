"""The floor of the webhook's figure: a Flask app that inserts one row through a pool, and nothing else.

With FLOOR_SECRET set it also verifies the signature, as every webhook must.
"""

import os

from flask import Flask, request
from psycopg_pool import ConnectionPool
from standardwebhooks import Webhook

app = Flask(__name__)
pool = ConnectionPool(os.environ["FLOOR_DATABASE_URL"], min_size=4, max_size=10, open=True)
webhook = Webhook(os.environ["FLOOR_SECRET"]) if "FLOOR_SECRET" in os.environ else None


@app.post("/sms/inbound")
def inbound() -> tuple[dict[str, int], int]:
    if webhook is not None:
        webhook.verify(request.get_data(), dict(request.headers), json_parse=False)
    body = request.get_json()
    with pool.connection() as connection:
        row = connection.execute(
            "insert into floor (sender, words) values (%s, %s) returning id", (body["sender"], body["text"])
        ).fetchone()
    assert row is not None
    return {"id": row[0]}, 202
