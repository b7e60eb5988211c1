"""What stands between the network and the routes: addresses, limits, headers, other origins."""
