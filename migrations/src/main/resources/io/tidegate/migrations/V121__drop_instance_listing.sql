-- Names are looked up for the rows of a page only, by the statement that reads the page.
DROP VIEW instance_listing;
