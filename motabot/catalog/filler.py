"""Words that ask for nothing by themselves."""

from __future__ import annotations

from typing import Final

_FILLER = """
a actually an and any anything are at be best bit but can cannot carry cheap cheapest could do does dollar dollars
find for from get give good got great had has have hello hey hi how i id if im in is it its just kind know like lil
little looking lot made make many me more most much my need new nice no nor not of on one ones or our out
please pls product products really recommend sell show single singles so some something stock strain strains strong
strongest stuff tasting tell than thanks that thats the them there these they thing things this to today tonight
too top try under us very wanna want weed
pot marijuana marihuana cannabis mota hierba yerba what whats which with would yall you your
algo alguna alguno barata barato buena bueno busco con de del el en es esta hay la las lo los mas me menos mi
ninguna ninguno para por precio puedes que quiero sabor tiene tienen un una unas unos y yo
"""
#: Words that ask for nothing by themselves.
FILLER: Final = frozenset(_FILLER.split())
