"""Names what analyses show."""
