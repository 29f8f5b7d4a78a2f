import '../page.css';
import './figureApp';

document.body.append(document.createElement('atelier-figure'));
