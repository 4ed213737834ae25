"""Every way in: REST in this process and over HTTP, and the protocol of the drivers."""
