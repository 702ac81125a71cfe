"""Villages, households, residents, devices, staff, consents."""
