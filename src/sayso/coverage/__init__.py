"""A coverage's files: reading them, finding every mistake in them, and starting new ones.

positions   TOML with the line of every key
sheet       one file, and questions to its tables that note each mistake
names       each name leads to one thing
parties, places, sources    one file each
gazetteer   settlements of the conflict's countries
basemap, gshhg, clipping    what the map is drawn on, and drawing it
areas       claimed ground on the map
loading     the folder -> Coverage
settings    sayso.toml and the environment -> Settings
starting    the files of a new coverage
entries     one entry of a file changed, added or taken out, all else left as it stands
fields      what is typed about an entry, as TOML
writing     a file read and put in place whole
"""

from sayso.coverage.loading import check, load
from sayso.coverage.settings import load_settings
from sayso.coverage.starting import new
from sayso.model.mistake import Mistake

__all__ = ["Mistake", "check", "load", "load_settings", "new"]
