"""Who the department is: names, codes, logo, contact, signing, privacy officer."""
