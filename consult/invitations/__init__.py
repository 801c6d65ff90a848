"""Ways into a consultation: links, codes, posters, paper, help by staff."""
