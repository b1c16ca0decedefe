"""Health, readiness and metrics, for those who run the service."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from pydantic import BaseModel
from sqlalchemy import Engine

from motabot.db.queries import load_sql
from motabot.db.readiness import require_ready
from motabot.web.openapi import Operation, describe

FIGURES = load_sql(__package__, "metrics")


class DatabaseCollector(Collector):
    """Figures read from the database at each scrape: right for any number of processes, and after restarts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterable[Metric]:
        with self._engine.connect() as connection:
            row = connection.execute(FIGURES).one()
        turns = CounterMetricFamily("motabot_turns", "Turns by outcome and model.", labels=["outcome", "model"])
        for outcome, model, count in row.turns:
            turns.add_metric([outcome, model], count)
        yield turns
        yield GaugeMetricFamily("motabot_texts_open", "Texts that wait for an answer.", value=row.texts_open)
        yield GaugeMetricFamily(
            "motabot_replies_queued", "Replies that wait to be sent.", value=row.replies_queued
        )
        yield GaugeMetricFamily(
            "motabot_handoffs_open", "Hand-offs that wait for a person.", value=row.handoffs_open
        )
        skew = GaugeMetricFamily(
            "motabot_layer_clock_skew_seconds", "How far an SMS layer's clock is ahead of ours.", labels=["layer"]
        )
        up = GaugeMetricFamily("motabot_layer_up", "Whether an SMS layer takes texts.", labels=["layer"])
        for family, values in ((skew, row.clocks), (up, row.layers)):
            for name, value in values:
                family.add_metric([name], value)
            yield family
        yield GaugeMetricFamily("motabot_workers", "Workers with a fresh heartbeat.", value=row.workers)


class ServiceState(BaseModel):
    """The service's state."""

    status: str


def blueprint(engine: Engine) -> Blueprint:
    """Routes at the root."""
    routes = Blueprint("ops", __name__)
    registry = CollectorRegistry()
    registry.register(DatabaseCollector(engine))

    @routes.get("/healthz")
    @describe(Operation("The process is alive.", {200: ServiceState}))
    def healthz() -> Response:
        """The process is alive."""
        return jsonify(status="ok")

    @routes.get("/readyz")
    @describe(Operation("The database answers and is prepared.", {200: ServiceState}, errors=(503,)))
    def readyz() -> Response:
        """The database answers and is prepared."""
        require_ready(engine)
        return jsonify(status="ready")

    @routes.get("/metrics")
    @describe(Operation("Prometheus text format.", {200: "text/plain"}, errors=(503,)))
    def metrics() -> Response:
        """Prometheus text format."""
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return routes
