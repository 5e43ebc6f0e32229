from __future__ import annotations

import psycopg
import pytest

from tests.postgres import running_postgres
from tests.services import Unavailable


@pytest.mark.slow
def test_a_server_of_our_own_survives_a_crash_with_what_was_committed() -> None:
    try:
        with running_postgres() as server:
            server.create("kept")
            address = f"host={server.folder} user=postil dbname=kept"
            with psycopg.connect(address) as connection:
                connection.execute("CREATE TABLE note (text text)")
                connection.execute("INSERT INTO note VALUES ('still here')")
            server.crash_and_restart()
            with psycopg.connect(address) as connection:
                assert connection.execute("SELECT text FROM note").fetchall() == [("still here",)]
    except Unavailable as reason:
        pytest.skip(str(reason))
    assert not server.folder.exists()
