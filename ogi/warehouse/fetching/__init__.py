"""Documents from web sites, politely: robots.txt, one request at a time a host, limits, no private addresses."""
