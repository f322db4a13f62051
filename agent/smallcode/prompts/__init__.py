"""Small questions that are put to the model beside the turn; one file for each declared one."""
