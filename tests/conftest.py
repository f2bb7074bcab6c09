"""What every test may use: settings of hypothesis, where the shared data is, the ontology loaded once."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# Same examples on every run, and no deadline: machines differ, laws do not.
settings.register_profile("kg", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """The cache folder of this run, empty at its start; also of the processes that tests start."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["MLKG_CACHE"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def shared():
    """The folder of real data, outside the repository; the test skips where there is none."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: this test needs the real listing pages or annotated papers")
    return SHARED


@pytest.fixture(scope="session")
def ontology():
    """The ontology as it ships."""
    from kg.ontology import load_ontology

    return load_ontology()
