def test_placeholder(engine):
    with engine.connect() as c:
        assert c.exec_driver_sql("select count(*) from public.customers").scalar() == 0


def test_placeholder2(engine):
    with engine.connect() as c:
        assert c.exec_driver_sql("select count(*) from public.customers").scalar() == 0
